package io.provision.report;

import io.provision.apply.Outcome;
import io.provision.apply.RollbackSurvey;
import io.provision.plan.Change;
import io.provision.plan.rollback.Remark;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A rollback: what it would do, and what came of it. */
public final class RollbackReport {

    private final RollbackSurvey survey;
    private final Function<Change, DescribedChange> texts;
    private final List<String> unfinished;

    /**
     * @param texts tells them of a change when its turn has come
     * @param unfinished the instances that a killed run left, with the run
     */
    public RollbackReport(RollbackSurvey survey, Function<Change, DescribedChange> texts, List<String> unfinished) {
        this.survey = survey;
        this.texts = texts;
        this.unfinished = List.copyOf(unfinished);
    }

    /** What would be done. */
    public String text(Palette palette) {
        StringBuilder text = new StringBuilder();
        text(palette, text::append);
        return text.toString();
    }

    /** @param out is told some lines at a time, with their ends, but for the last one's */
    public void text(Palette palette, Consumer<String> out) {
        survey.plan().byInstance().forEach((instance, own) -> {
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
        unfinished.forEach(left ->
                text.append("left by a killed run: ").append(left).append("; rollback journals what it did\n"));
        appendRemarks(text, survey.rollback().kept());
        survey.plan().refusals().forEach(refusal ->
                text.append(palette.error("refused: ")).append(refusal).append('\n'));
        return text.append(summaryLine()).append('\n')
                .append(Question.wants("rollback", survey.plan()))
                .toString();
    }

    private void appendRemarks(StringBuilder text, List<Remark> kept) {
        kept.forEach(remark -> text.append("kept: ").append(words(remark)).append('\n'));
        survey.rollback().skipped().forEach(remark ->
                text.append("changed since, and skipped: ").append(words(remark)).append('\n'));
        survey.plan().notes().forEach(note -> text.append("note: ").append(Legible.line(note)).append('\n'));
    }

    private static String words(Remark remark) {
        String whose = remark.instance().equals(Change.SHARED) ? "" : " of " + remark.instance();
        return "%s%s: %s\n    %s".formatted(
                Legible.line(remark.what()), whose, Legible.line(remark.why()), remark.remedy());
    }

    private static void append(PlanLines lines, DescribedChange described) {
        UndoWords words = new UndoWords(described.change());
        lines.change(lines.palette().warning(words.sign()), words.what(), words.why(), described.forward());
        lines.hazards(described.change());
    }

    private String summaryLine() {
        return survey.plan().isEmpty()
                ? "nothing to roll back"
                : "%d to undo, %d kept, %d skipped".formatted(
                        survey.plan().changes().size(),
                        survey.rollback().kept().size(),
                        survey.rollback().skipped().size());
    }

    /** What would be done, as {@code plan} has it. */
    public Document document() {
        return new PlanReport(survey.plan(), texts, unfinished)
                .document()
                .put("summary", summary())
                .put("kept", documents(survey.rollback().kept()))
                .put("skipped", documents(survey.rollback().skipped()));
    }

    /** What happens to things, with all keys of {@code plan}'s summary: it makes nothing. */
    private Document summary() {
        Map<UndoWords.Deed, Long> deeds = survey.plan().changes().stream()
                .collect(Collectors.groupingBy(change -> new UndoWords(change).deed(), Collectors.counting()));
        Document summary = new Document().put("create", 0L);
        for (UndoWords.Deed deed : UndoWords.Deed.values()) {
            summary.put(deed.key(), deeds.getOrDefault(deed, 0L));
        }
        return summary.put("unchanged", 0L)
                .put("kept", survey.rollback().kept().size())
                .put("skipped", survey.rollback().skipped().size());
    }

    /** What came of it. */
    public String text(Outcome outcome) {
        StringBuilder text = new StringBuilder();
        appendRemarks(text, kept(outcome).toList());
        return text.append(lastLine(outcome)).append('\n').toString();
    }

    private String lastLine(Outcome outcome) {
        if (outcome.run().isEmpty() && outcome.ok()) {
            return "nothing to roll back";
        }
        int count = outcome.applied().size();
        String undone = (count == 1 ? "1 change undone" : count + " changes undone")
                + outcome.run().map(" (run %s)"::formatted).orElse("");
        if (outcome.ok()) {
            return undone;
        }
        return undone + (outcome.interrupted() ? "; interrupted, and " : "; ")
                + (outcome.undone()
                        ? "what did not come to its end stands as before"
                        : "what did not come to its end is in the journal: the next run finishes it");
    }

    /**
     * What came of it, as {@code init} has it.
     *
     * @param ok whether nothing failed, and nothing was skipped that should not have been
     * @param instances those of the manifest that it was about
     */
    public Document document(Outcome outcome, boolean ok, List<DerivedInstance> instances) {
        return new Document()
                .put("run", outcome.run())
                .put("ok", ok)
                .put("applied", outcome.applied())
                .put("kept", documents(kept(outcome).toList()))
                .put("skipped", documents(survey.rollback().skipped()))
                .put("failed", OutcomeReport.failed(outcome))
                .put("warnings", outcome.warnings())
                .put("instances", new NamesReport(instances).documents());
    }

    /** What was planned to stay, and what turned out to have to. */
    private Stream<Remark> kept(Outcome outcome) {
        return Stream.concat(
                survey.rollback().kept().stream(),
                outcome.kept().stream().map(kept -> Remark.kept(kept.instance(), kept.what(), kept.why())));
    }

    private static List<Document> documents(List<Remark> remarks) {
        return remarks.stream()
                .map(remark -> new Document()
                        .put("instance", remark.instance())
                        .put("what", remark.what())
                        .put("why", remark.why())
                        .put("remedy", remark.remedy()))
                .toList();
    }
}
