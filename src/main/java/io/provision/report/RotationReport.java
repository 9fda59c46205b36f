package io.provision.report;

import io.provision.apply.Outcome;
import io.provision.apply.RotationSurvey;
import io.provision.plan.Change;
import io.provision.problem.Counted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** A rotation: what it would do, what came of it, and what a service sees of that. */
public final class RotationReport {

    private final RotationSurvey survey;

    public RotationReport(RotationSurvey survey) {
        this.survey = survey;
    }

    /** What would be done. */
    public String text(Palette palette) {
        StringBuilder text = new StringBuilder();
        survey.plan().changes().stream()
                .collect(Collectors.groupingBy(Change::instance, LinkedHashMap::new, Collectors.toList()))
                .forEach((instance, own) -> {
                    text.append(palette.heading(instance)).append('\n');
                    own.forEach(change -> text.append("  ").append(palette.warning("~")).append(' ')
                            .append(change.target().words())
                            .append(palette.faint("  # " + change.reason())).append('\n'));
                    text.append('\n');
                });
        survey.plan().notes().forEach(note -> text.append("note: ").append(Legible.line(note)).append('\n'));
        return text.toString();
    }

    /** What came of it. */
    public String text(Outcome outcome) {
        int count = outcome.applied().size();
        if (survey.plan().isEmpty() && outcome.ok()) {
            return "nothing to retire: Redis takes one password of each alone\n";
        }
        String made = Counted.of(count, "change") + " made" + outcome.run().map(" (run %s)"::formatted).orElse("");
        if (!outcome.ok()) {
            return made + (outcome.interrupted() ? "; interrupted, and " : "; ") + (outcome.undone()
                    ? "what did not come to its end has its old passwords"
                    : "what did not come to its end the same command finishes") + "\n";
        }
        return (survey.retires() ? "" : next()) + made + "\n";
    }

    private String next() {
        StringBuilder text = new StringBuilder();
        if (done("role_password")) {
            text.append("PostgreSQL takes the new passwords alone from now on; sessions that stand go on.\n");
        }
        if (done("user_password")) {
            text.append("Redis takes the old ones, too, until `provision rotate --retire-old %s`.\n"
                    .formatted(String.join(" ", instances())));
        }
        return text.append("Restart the services, or have them read their passwords again.\n").toString();
    }

    private boolean done(String kind) {
        return survey.plan().changes().stream().anyMatch(change -> change.target().kind().equals(kind));
    }

    /** In the order of the plan. */
    public List<String> instances() {
        return survey.units().stream().flatMap(unit -> unit.instances().stream()).distinct().toList();
    }

    /** As {@code init} has it. */
    public Document document(Outcome outcome, List<DerivedInstance> instances) {
        return new OutcomeReport(outcome, instances).document();
    }
}
