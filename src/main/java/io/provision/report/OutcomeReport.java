package io.provision.report;

import io.provision.apply.Outcome;
import io.provision.plan.Change;
import java.util.List;

/** What came of a run, as text and as a document. */
public final class OutcomeReport {

    private final Outcome outcome;
    private final List<DerivedInstance> instances;

    /** @param instances those that the run was about */
    public OutcomeReport(Outcome outcome, List<DerivedInstance> instances) {
        this.outcome = outcome;
        this.instances = List.copyOf(instances);
    }

    public String text(int columns, Palette palette) {
        StringBuilder text = new StringBuilder();
        outcome.failed().forEach(failure -> text.append(palette.error("failed: "))
                .append(failure.instance().equals(Change.SHARED) ? "what several share" : failure.instance())
                .append(": ").append(failure.why()).append('\n'));
        outcome.kept().forEach(kept ->
                text.append("kept: %s of %s: %s\n".formatted(kept.what(), kept.instance(), kept.why())));
        if (outcome.ok()) {
            text.append(new NamesReport(instances).text(columns, palette)).append('\n');
        }
        return text.append(lastLine()).append('\n').toString();
    }

    private String lastLine() {
        if (outcome.run().isEmpty() && outcome.applied().isEmpty() && outcome.ok()) {
            return "nothing to do: %d %s as the manifest says"
                    .formatted(instances.size(), instances.size() == 1 ? "instance stands" : "instances stand");
        }
        int count = outcome.applied().size();
        String changes = count == 1 ? "1 change made" : count + " changes made";
        String run = outcome.run().map(" (run %s)"::formatted).orElse(", not journaled");
        if (outcome.interrupted()) {
            return changes + run + "; interrupted, and what was being done was undone";
        }
        return outcome.ok() ? changes + run : changes + run + "; what failed was undone";
    }

    public Document document() {
        return new Document()
                .put("run", outcome.run())
                .put("ok", outcome.ok())
                .put("applied", outcome.applied())
                .put("kept", outcome.kept().stream()
                        .map(kept -> new Document()
                                .put("instance", kept.instance())
                                .put("what", kept.what())
                                .put("why", kept.why()))
                        .toList())
                .put("failed", outcome.failed().stream()
                        .map(failure -> new Document().put("instance", failure.instance()).put("why", failure.why()))
                        .toList())
                .put("instances", new NamesReport(instances).documents());
    }
}
