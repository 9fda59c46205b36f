package io.provision.render;

import io.provision.manifest.Instance;
import io.provision.manifest.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** The rules' own test, for {@code promtool test rules}: quiet while all are up, loud about the first one. */
final class AlertRulesTest {

    private static final String UP = "1+0x40";
    private static final String DOWN = "0+0x40";

    private final Instance first;

    /** Of all instances but the first, which every test has, and all up. */
    private final List<Map<String, Object>> others;

    AlertRulesTest(Manifest manifest) {
        this.first = manifest.instances().get(0);
        this.others = manifest.instances().stream().skip(1).map(instance -> series(instance, UP)).toList();
    }

    Map<String, Object> document(String rules) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("rule_files", List.of(rules));
        document.put("evaluation_interval", "15s");
        document.put("tests", List.of(
                test("nothing is told while every instance is up", Optional.of(UP), List.of(), List.of()),
                test("an instance that does not answer is told", Optional.of(DOWN),
                        List.of(told(AlertRules.DOWN, scraped(first))), List.of()),
                test("an instance that is not scraped is told", Optional.empty(),
                        List.of(), List.of(told(AlertRules.ABSENT, InstanceLabels.of(first))))));
        return document;
    }

    /** @param values of the first instance's {@code up}; it is not scraped at all without */
    private Map<String, Object> test(
            String name, Optional<String> values, List<Map<String, Object>> down, List<Map<String, Object>> absent) {
        List<Map<String, Object>> series = new ArrayList<>();
        values.ifPresent(own -> series.add(series(first, own)));
        series.addAll(others);
        Map<String, Object> test = new LinkedHashMap<>();
        test.put("name", name);
        test.put("interval", "15s");
        test.put("input_series", series);
        test.put("alert_rule_test", List.of(
                alert(AlertRules.DOWN, down),
                alert(AlertRules.ABSENT, absent)));
        return test;
    }

    private static Map<String, Object> alert(String name, List<Map<String, Object>> expected) {
        Map<String, Object> alert = new LinkedHashMap<>();
        alert.put("eval_time", "5m");
        alert.put("alertname", name);
        alert.put("exp_alerts", expected);
        return alert;
    }

    private static Map<String, Object> series(Instance instance, String values) {
        StringJoiner labels = new StringJoiner(",");
        scraped(instance).forEach((name, value) -> labels.add(name + "=\"" + PromQl.escaped(value) + "\""));
        Map<String, Object> series = new LinkedHashMap<>();
        series.put("series", "up{" + labels + "}");
        series.put("values", values);
        return series;
    }

    private static Map<String, String> scraped(Instance instance) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("job", instance.identity().service());
        labels.putAll(InstanceLabels.of(instance));
        return labels;
    }

    private Map<String, Object> told(String alert, Map<String, String> labels) {
        Map<String, String> all = new LinkedHashMap<>(labels);
        all.put("severity", AlertRules.SEVERITY.get(alert));
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("exp_labels", all);
        told.put("exp_annotations",
                AlertRules.annotations(alert, first.name(), first.identity().service()));
        return told;
    }
}
