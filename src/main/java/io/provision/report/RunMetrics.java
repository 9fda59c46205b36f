package io.provision.report;

import io.provision.apply.Outcome;
import io.provision.plan.Change;
import io.provision.plan.Plan;
import io.provision.verify.Breach;
import io.provision.verify.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A run's figures in Prometheus' text format, for the textfile collector ({@code cli.md}, "Conventions"). Labels are
 * few: a kind of change, and an instance for its drift.
 */
public final class RunMetrics {

    private final StringBuilder text = new StringBuilder();

    private RunMetrics() {}

    /** What a run did. */
    public static String ofRun(Outcome outcome, int instances, Instant ended, Duration took) {
        RunMetrics metrics = new RunMetrics();
        metrics.head(instances, ended, took, outcome.ok());
        Map<String, Long> kinds = outcome.applied().stream()
                .collect(Collectors.groupingBy(RunMetrics::kindOf, TreeMap::new, Collectors.counting()));
        metrics.family("provision_changes", "Changes that the last run made, by kind.", "kind", kinds);
        return metrics.text.toString();
    }

    /** What a look found: the drift of each instance. */
    public static String ofPlan(Plan plan, Collection<String> instances, Instant ended, Duration took) {
        RunMetrics metrics = new RunMetrics();
        metrics.head(instances.size(), ended, took, plan.refusals().isEmpty());
        Map<String, Long> drift = instances.stream()
                .collect(Collectors.toMap(Function.identity(), i -> 0L, Long::sum, TreeMap::new));
        plan.changes().stream()
                .filter(change -> !change.instance().equals(Change.SHARED))
                .forEach(change -> drift.merge(change.instance(), 1L, Long::sum));
        metrics.family("provision_drift", "Changes that init would make, by instance.", "instance", drift);
        return metrics.text.toString();
    }

    /** What a verification found: the faults of each instance, and the breaches. */
    public static String ofVerdict(Verdict verdict, Instant ended, Duration took) {
        RunMetrics metrics = new RunMetrics();
        metrics.head(verdict.instances().size(), ended, took, verdict.ok());
        Map<String, Long> faults = verdict.instances().stream()
                .collect(Collectors.toMap(Function.identity(), i -> 0L, Long::sum, TreeMap::new));
        verdict.faults().stream()
                .filter(check -> !check.instance().equals(Breach.EVERY))
                .forEach(check -> faults.merge(check.instance(), 1L, Long::sum));
        metrics.family("provision_faults", "Checks that did not hold, by instance.", "instance", faults);
        metrics.single("provision_isolation_breaches", "Ways from one instance to what is another's.",
                Integer.toString(verdict.breaches().size()));
        return metrics.text.toString();
    }

    private static String kindOf(String changeId) {
        return changeId.split(":", 3)[1];
    }

    private void head(int instances, Instant ended, Duration took, boolean ok) {
        single("provision_last_run_timestamp_seconds", "When the last run ended.",
                Long.toString(ended.getEpochSecond()));
        single("provision_last_run_duration_seconds", "How long it took.",
                String.format(Locale.ROOT, "%.3f", took.toMillis() / 1000.0));
        single("provision_last_run_success", "1 if it did all that it was to do, 0 if not.", ok ? "1" : "0");
        single("provision_instances", "Instances that it was about.", Integer.toString(instances));
    }

    private void single(String name, String help, String value) {
        declare(name, help);
        text.append(name).append(' ').append(value).append('\n');
    }

    private void family(String name, String help, String label, Map<String, Long> values) {
        declare(name, help);
        values.forEach((key, value) -> text.append("%s{%s=\"%s\"} %d\n".formatted(name, label, key, value)));
    }

    private void declare(String name, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(" gauge\n");
    }
}
