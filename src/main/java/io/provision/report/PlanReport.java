package io.provision.report;

import io.provision.plan.Change;
import io.provision.plan.Plan;
import io.provision.plan.ResourceId;
import io.provision.plan.ResourceKind;
import io.provision.plan.Unlisted;
import io.provision.problem.Problem;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A plan as text, as a document, and its PostgreSQL part as a script. */
public final class PlanReport {

    private final Plan plan;
    private final Function<Change, DescribedChange> texts;
    private final List<String> unfinished;

    /**
     * @param texts tells them of a change when its turn has come: those of ten thousand instances fill the memory
     * @param unfinished the instances that a killed run left, with the run
     */
    public PlanReport(Plan plan, Function<Change, DescribedChange> texts, List<String> unfinished) {
        this.plan = plan;
        this.texts = texts;
        this.unfinished = List.copyOf(unfinished);
    }

    public String text(Palette palette) {
        StringBuilder text = new StringBuilder();
        text(palette, text::append);
        return text.toString();
    }

    /** @param out is told some lines at a time, with their ends, but for the last one's */
    public void text(Palette palette, Consumer<String> out) {
        plan.byInstance().forEach((instance, own) -> {
            StringBuilder text = new StringBuilder();
            PlanLines lines = new PlanLines(text, palette);
            lines.heading(instance);
            own.forEach(change -> append(lines, texts.apply(change)));
            out.accept(text.append('\n').toString());
        });
        out.accept(rest(palette));
    }

    private String rest(Palette palette) {
        StringBuilder text = new StringBuilder();
        for (Unlisted unlisted : plan.unlisted()) {
            text.append("not listed any more: %s %s (made for %s); init leaves it%s\n".formatted(
                    ResourceId.words(unlisted.resource().kind()),
                    Legible.line(unlisted.resource().target()),
                    unlisted.instance(),
                    unlisted.remedy().map(", `%s` takes it away"::formatted).orElse("")));
        }
        unfinished.forEach(left ->
                text.append("left by a killed run: ").append(left).append("; init journals what it did\n"));
        plan.notes().forEach(note -> text.append("note: ").append(Legible.line(note)).append('\n'));
        plan.unknown().forEach(unknown -> text.append("unknown: ").append(Legible.line(unknown)).append('\n'));
        for (Problem refusal : plan.refusals()) {
            text.append(palette.error("refused: ")).append(refusal).append('\n');
        }
        return text.append(summaryLine()).append('\n').append(Question.wants("init", plan)).toString();
    }

    private static void append(PlanLines lines, DescribedChange described) {
        Palette palette = lines.palette();
        Change change = described.change();
        lines.change(sign(change, palette), change.target().words(), change.reason(), described.forward());
        String undo = described.inverse().lines().collect(Collectors.joining(" "));
        lines.text().append(palette.faint("      undone by: " + undo)).append('\n');
        lines.hazards(change);
    }

    private static String sign(Change change, Palette palette) {
        if (moves(change)) {
            return palette.warning(">");
        }
        return change.creates() ? palette.good("+") : palette.warning("~");
    }

    private String summaryLine() {
        if (plan.isEmpty()) {
            return "nothing to do: %d resources stand as the manifest says".formatted(plan.unchanged());
        }
        String move = moved() == 0 ? "" : "%d to move, ".formatted(moved());
        return "%d to create, %d to alter, %s%d unchanged".formatted(created(), altered(), move, plan.unchanged());
    }

    private static boolean moves(Change change) {
        return change.resource().kind() == ResourceKind.MOVE;
    }

    private long moved() {
        return plan.changes().stream().filter(PlanReport::moves).count();
    }

    private long created() {
        return plan.changes().stream().filter(Change::creates).count();
    }

    private long altered() {
        return plan.changes().size() - created() - moved();
    }

    public Document document() {
        return new Document()
                .put("changes", changes())
                .put("unlisted", plan.unlisted().stream().map(PlanReport::document).toList())
                .put("unknown", plan.unknown())
                .put("notes", plan.notes())
                .put("unfinished", unfinished)
                .put("refused", plan.refusals().stream().map(PlanReport::document).toList())
                .put("fingerprint", fingerprint())
                .put("summary", new Document()
                        .put("create", created())
                        .put("alter", altered())
                        .put("move", moved())
                        .put("unchanged", plan.unchanged()));
    }

    String fingerprint() {
        return plan.fingerprint().hex();
    }

    /** Each is made when it is written, and forgotten then. */
    Iterable<Document> changes() {
        return () -> plan.changes().stream().map(texts).map(PlanReport::document).iterator();
    }

    private static Document document(DescribedChange described) {
        Change change = described.change();
        return new Document()
                .put("id", change.id())
                .put("instance", change.instance())
                .put("store", change.store().id())
                .put("kind", change.target().kind())
                .put("target", change.target().target())
                .put("forward", described.forward())
                .put("inverse", described.inverse())
                .put("reason", change.reason())
                .put("hazards", change.hazards().stream()
                        .map(hazard -> new Document().put("kind", hazard.kind()).put("message", hazard.message()))
                        .toList());
    }

    private static Document document(Unlisted unlisted) {
        return new Document()
                .put("instance", unlisted.instance())
                .put("store", unlisted.resource().store().id())
                .put("kind", unlisted.resource().kind())
                .put("target", unlisted.resource().target())
                .put("remedy", unlisted.remedy());
    }

    private static Document document(Problem problem) {
        return new Document().put("message", problem.message()).put("remedy", problem.remedy());
    }

    /** The PostgreSQL part, for a DBA to run by hand; comments alone where the plan is refused. */
    public void sql(Consumer<String> out) {
        new PlanScript(plan, texts).sql(out);
    }
}
