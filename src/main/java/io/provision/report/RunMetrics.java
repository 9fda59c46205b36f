package io.provision.report;

import io.provision.apply.Outcome;
import io.provision.manifest.Instance;
import io.provision.plan.InstanceDrift;
import io.provision.plan.Plan;
import io.provision.verify.Breach;
import io.provision.verify.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A run's figures in Prometheus' text format, for the textfile collector ({@code cli.md}, "Conventions"). Labels are
 * few: whose run it was, a kind of change, and an instance for its drift.
 */
public final class RunMetrics {

    /** As on everything that an instance tells: {@code instance} itself is the collector's, for Prometheus. */
    private static final String INSTANCE = "instance_name";

    private final List<Family> families = new ArrayList<>();

    /** @param label the name of the label that {@code values} are by; empty where there is one value alone */
    private record Family(String name, String help, String label, Map<String, String> values) {}

    private RunMetrics(Instant ended, Duration took, boolean ok) {
        single("provision_last_run_timestamp_seconds", "When the last run ended.",
                Long.toString(ended.getEpochSecond()));
        single("provision_last_run_duration_seconds", "How long it took.",
                String.format(Locale.ROOT, "%.3f", took.toMillis() / 1000.0));
        single("provision_last_run_success", "1 if it did all that it was to do, 0 if not.", ok ? "1" : "0");
    }

    private RunMetrics(int instances, Instant ended, Duration took, boolean ok) {
        this(ended, took, ok);
        single("provision_instances", "Instances that it was about.", Integer.toString(instances));
    }

    /** Of a run that came to no result. */
    public static RunMetrics ofFailure(Instant ended, Duration took) {
        return new RunMetrics(ended, took, false);
    }

    /** What a run did. */
    public static RunMetrics ofRun(Outcome outcome, int instances, Instant ended, Duration took) {
        RunMetrics metrics = new RunMetrics(instances, ended, took, outcome.ok());
        Map<String, Long> kinds = outcome.applied().stream()
                .collect(Collectors.groupingBy(RunMetrics::kindOf, TreeMap::new, Collectors.counting()));
        return metrics.family("provision_changes", "Changes that the last run made, by kind.", "kind", kinds);
    }

    /** What a look found: the drift of each instance. */
    public static RunMetrics ofPlan(Plan plan, Collection<Instance> instances, Instant ended, Duration took) {
        RunMetrics metrics = new RunMetrics(instances.size(), ended, took, plan.refusals().isEmpty());
        return metrics.family(
                "provision_drift",
                "Changes that init would make, by instance.",
                INSTANCE,
                InstanceDrift.of(plan, instances));
    }

    /** What a verification found: the faults of each instance, and the breaches. */
    public static RunMetrics ofVerdict(Verdict verdict, Instant ended, Duration took) {
        RunMetrics metrics = new RunMetrics(verdict.instances().size(), ended, took, verdict.ok());
        Map<String, Long> faults = verdict.instances().stream()
                .collect(Collectors.toMap(Function.identity(), i -> 0L, Long::sum, TreeMap::new));
        verdict.faults().stream()
                .filter(check -> !check.instance().equals(Breach.EVERY))
                .forEach(check -> faults.merge(check.instance(), 1L, Long::sum));
        return metrics
                .family("provision_faults", "Checks that did not hold, by instance.", INSTANCE, faults)
                .single("provision_isolation_breaches", "Ways from one instance to what is another's.",
                        Integer.toString(verdict.breaches().size()));
    }

    private static String kindOf(String changeId) {
        return changeId.split(":", 3)[1];
    }

    private RunMetrics single(String name, String help, String value) {
        families.add(new Family(name, help, "", Map.of("", value)));
        return this;
    }

    private RunMetrics family(String name, String help, String label, Map<String, Long> values) {
        Map<String, String> texts = new TreeMap<>();
        values.forEach((key, value) -> texts.put(key, Long.toString(value)));
        families.add(new Family(name, help, label, texts));
        return this;
    }

    /** Two files of one folder tell of different runs, and none of their series may have the same labels. */
    public String text(String ecosystem, String command) {
        String run = label("ecosystem", ecosystem) + "," + label("command", command);
        StringBuilder text = new StringBuilder();
        for (Family family : families) {
            text.append("# HELP %s %s\n# TYPE %s gauge\n".formatted(family.name, family.help, family.name));
            family.values.forEach((key, value) -> text.append("%s{%s%s} %s\n".formatted(
                    family.name, run, family.label.isEmpty() ? "" : "," + label(family.label, key), value)));
        }
        return text.toString();
    }

    private static String label(String name, String value) {
        return "%s=\"%s\"".formatted(
                name, value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
    }
}
