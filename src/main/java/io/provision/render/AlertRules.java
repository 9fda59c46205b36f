package io.provision.render;

import io.provision.manifest.Instance;
import io.provision.manifest.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which instances Prometheus should know, and whom to tell where one is down or missing. */
final class AlertRules {

    /** One series for each instance of the manifest, always 1: what is scraped is held against it. */
    static final String EXPECTED = "provision:instance_expected";
    static final String DOWN = "InstanceDown";
    static final String ABSENT = "InstanceAbsent";
    static final Map<String, String> SEVERITY = Map.of(DOWN, "critical", ABSENT, "warning");

    private static final Map<String, String> EXPRESSIONS = Map.of(
            DOWN, "up{instance_name!=\"\"} == 0",
            ABSENT, EXPECTED + " unless on (instance_name) up{instance_name!=\"\"}");
    private static final Map<String, String> SUMMARIES = Map.of(
            DOWN, "%s of %s does not answer",
            ABSENT, "%s of %s is in the manifest, and Prometheus does not know it");
    private static final Map<String, String> DESCRIPTIONS = Map.of(
            DOWN, "Prometheus has not been able to scrape it for a minute: look at its container's log and health.",
            ABSENT, "Render the targets again (provision render prometheus), or take it out of the manifest.");

    private final Manifest manifest;

    AlertRules(Manifest manifest) {
        this.manifest = manifest;
    }

    Map<String, Object> document() {
        List<Map<String, Object>> rules = new ArrayList<>();
        manifest.instances().forEach(instance -> rules.add(expected(instance)));
        rules.add(alert(DOWN, "1m"));
        rules.add(alert(ABSENT, "2m"));
        Map<String, Object> group = new LinkedHashMap<>();
        group.put("name", "provision");
        group.put("rules", rules);
        return Map.of("groups", List.of(group));
    }

    private static Map<String, Object> expected(Instance instance) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("record", EXPECTED);
        rule.put("expr", "vector(1)");
        rule.put("labels", InstanceLabels.of(instance));
        return rule;
    }

    private static Map<String, Object> alert(String name, String after) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("alert", name);
        rule.put("expr", EXPRESSIONS.get(name));
        rule.put("for", after);
        rule.put("labels", Map.of("severity", SEVERITY.get(name)));
        rule.put("annotations", annotations(name, "{{ $labels.instance_name }}", "{{ $labels.service }}"));
        return rule;
    }

    static Map<String, String> annotations(String alert, String instance, String service) {
        Map<String, String> annotations = new LinkedHashMap<>();
        annotations.put("summary", SUMMARIES.get(alert).formatted(instance, service));
        annotations.put("description", DESCRIPTIONS.get(alert));
        return annotations;
    }
}
