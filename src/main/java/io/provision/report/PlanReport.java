package io.provision.report;

import io.provision.plan.Change;
import io.provision.plan.Hazard;
import io.provision.plan.Plan;
import io.provision.plan.ResourceKind;
import io.provision.plan.Store;
import io.provision.plan.Unlisted;
import io.provision.problem.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A plan as text, as a document, and its PostgreSQL part as a script. */
public final class PlanReport {

    private final Plan plan;
    private final List<DescribedChange> changes;
    private final List<String> unfinished;

    /**
     * @param changes those of the plan, in its order
     * @param unfinished the instances that a killed run left, with the run
     */
    public PlanReport(Plan plan, List<DescribedChange> changes, List<String> unfinished) {
        this.plan = plan;
        this.changes = List.copyOf(changes);
        this.unfinished = List.copyOf(unfinished);
    }

    public String text(Palette palette) {
        StringBuilder text = new StringBuilder();
        byInstance().forEach((instance, own) -> {
            text.append(palette.heading(instance.equals(Change.SHARED) ? "shared by several" : instance)).append('\n');
            own.forEach(change -> append(text, change, palette));
            text.append('\n');
        });
        for (Unlisted unlisted : plan.unlisted()) {
            text.append("not listed any more: %s %s (made for %s); init leaves it%s\n".formatted(
                    unlisted.resource().kind(),
                    unlisted.resource().target(),
                    unlisted.instance(),
                    unlisted.remedy().map(", `%s` takes it away"::formatted).orElse("")));
        }
        unfinished.forEach(left ->
                text.append("left by a killed run: ").append(left).append("; init journals what it did\n"));
        plan.notes().forEach(note -> text.append("note: ").append(note).append('\n'));
        plan.unknown().forEach(unknown -> text.append("unknown: ").append(unknown).append('\n'));
        for (Problem refusal : plan.refusals()) {
            text.append(palette.error("refused: ")).append(refusal).append('\n');
        }
        return text.append(summaryLine()).append('\n').append(Question.wants("init", plan)).toString();
    }

    private static void append(StringBuilder text, DescribedChange described, Palette palette) {
        Change change = described.change();
        String sign = moves(change)
                ? palette.warning(">")
                : change.creates() ? palette.good("+") : palette.warning("~");
        text.append("  ").append(sign).append(' ')
                .append(words(change)).append(palette.faint("  # " + change.reason())).append('\n');
        described.forward().lines().forEach(line -> text.append("      ").append(line).append('\n'));
        String undo = described.inverse().lines().collect(Collectors.joining(" "));
        text.append(palette.faint("      undone by: " + undo)).append('\n');
        for (Hazard hazard : change.hazards()) {
            text.append("      ").append(palette.error("hazard " + hazard.kind() + ": ")).append(hazard.message())
                    .append('\n');
        }
    }

    private static String words(Change change) {
        return change.target().kind().replace('_', ' ') + " " + change.target().target();
    }

    private String summaryLine() {
        if (changes.isEmpty()) {
            return "nothing to do: %d resources stand as the manifest says".formatted(plan.unchanged());
        }
        String move = moved() == 0 ? "" : "%d to move, ".formatted(moved());
        return "%d to create, %d to alter, %s%d unchanged".formatted(created(), altered(), move, plan.unchanged());
    }

    private static boolean moves(Change change) {
        return change.resource().kind() == ResourceKind.MOVE;
    }

    private long moved() {
        return changes.stream().filter(change -> moves(change.change())).count();
    }

    private long created() {
        return changes.stream().filter(change -> change.change().creates()).count();
    }

    private long altered() {
        return changes.size() - created() - moved();
    }

    private Map<String, List<DescribedChange>> byInstance() {
        return changes.stream()
                .collect(Collectors.groupingBy(
                        change -> change.change().instance(), LinkedHashMap::new, Collectors.toList()));
    }

    public Document document() {
        return new Document()
                .put("changes", changes.stream().map(PlanReport::document).toList())
                .put("unlisted", plan.unlisted().stream().map(PlanReport::document).toList())
                .put("unknown", plan.unknown())
                .put("notes", plan.notes())
                .put("unfinished", unfinished)
                .put("refused", plan.refusals().stream().map(PlanReport::document).toList())
                .put("fingerprint", plan.fingerprint().hex())
                .put("summary", new Document()
                        .put("create", created())
                        .put("alter", altered())
                        .put("move", moved())
                        .put("unchanged", plan.unchanged()));
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
    public String sql() {
        return new PlanScript(plan, changes).sql();
    }
}
