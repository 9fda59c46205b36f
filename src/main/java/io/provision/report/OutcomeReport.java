package io.provision.report;

import io.provision.apply.Outcome;
import io.provision.problem.Counted;
import java.util.List;

/** What came of a run, as text and as a document; why something failed is told apart, as an error. */
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
        outcome.kept().forEach(kept ->
                text.append("kept: %s of %s: %s\n".formatted(kept.what(), kept.instance(), kept.why())));
        if (outcome.ok()) {
            text.append(new NamesReport(instances).summary(columns, palette)).append('\n');
        }
        return text.append(lastLine()).append('\n').toString();
    }

    private String lastLine() {
        if (outcome.run().isEmpty() && outcome.applied().isEmpty() && outcome.ok()) {
            return "nothing to do: %d %s as the manifest says"
                    .formatted(instances.size(), instances.size() == 1 ? "instance stands" : "instances stand");
        }
        String changes = Counted.of(outcome.applied().size(), "change") + " made";
        if (moved() > 0) {
            changes += ", " + Counted.of(moved(), "table") + " moved";
        }
        String run = outcome.run().map(" (run %s)"::formatted).orElse(", not journaled");
        if (outcome.ok()) {
            return changes + run;
        }
        String end = outcome.interrupted() ? "; interrupted, and " : "; ";
        return changes + run + end + (outcome.undone() ? "what did not come to its end was undone" : left());
    }

    private String left() {
        return outcome.run().isPresent()
                ? "what could not be undone now is in the journal: the next run finishes it"
                : "what could not be undone stays, and no rollback will know of it";
    }

    private long moved() {
        return outcome.applied().stream().filter(id -> id.startsWith("postgres:move:table ")).count();
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
                .put("failed", failed(outcome))
                .put("warnings", outcome.warnings())
                .put("instances", new NamesReport(instances).documents());
    }

    static List<Document> failed(Outcome outcome) {
        return outcome.failed().stream()
                .map(failure -> new Document().put("instance", failure.instance()).put("why", failure.why()))
                .toList();
    }
}
