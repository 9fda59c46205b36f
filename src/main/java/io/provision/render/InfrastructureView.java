package io.provision.render;

import io.provision.render.GrafanaModel.DataLink;
import io.provision.render.GrafanaModel.Thresholds;
import io.provision.render.GrafanaPanel.Query;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** <i>Docker Infrastructure View</i>: does everything run that the manifest lists, and what does it cost. */
final class InfrastructureView {

    static final String TITLE = "Docker Infrastructure View";
    static final String KEY = "infrastructure";

    private static final String CHOSEN = "service=~\"$service\",instance_name=~\"$instance\"";

    /** Up and down as Prometheus sees it, and -1 for what the manifest lists and Prometheus does not know. */
    private static final String STATUS = """
            max by (service, instance_name, service_type, entity_type) (up{%1$s}) \
            or on (instance_name) (max by (service, instance_name, service_type, entity_type) (%2$s{%1$s}) - 2)"""
            .formatted(CHOSEN, AlertRules.EXPECTED);
    private static final Thresholds NONE_IS_GOOD = GrafanaPanel.thresholds("green", Map.of(1.0, "red"));
    private static final Thresholds NONE_IS_BAD = GrafanaPanel.thresholds("red", Map.of(1.0, "green"));

    private final GrafanaBoard board = new GrafanaBoard();
    private final String entities;

    /** @param entities where the other view is */
    InfrastructureView(String entities) {
        this.entities = entities;
    }

    GrafanaBoard board() {
        board.row("health", "Health");
        health();
        board.row("instances", "Instances");
        instances();
        board.row("containers", "Containers");
        containers();
        return board;
    }

    private void health() {
        board.add("infrastructure", 8, 5, GrafanaPanel.status("Infrastructure",
                "Everything that is scraped and is no instance: Prometheus itself, cAdvisor, exporters.",
                new Query("max by (job) (up{instance_name=\"\"})", "{{job}}"), List.of()));
        board.add("registered", 8, 5, GrafanaPanel.number("Services registered",
                "Services that Prometheus knows an instance of, beside those that the manifest lists.", "short",
                NONE_IS_BAD, List.of(
                        new Query("count(count by (service) (up{instance_name!=\"\"}))", "registered"),
                        new Query("count(count by (service) (%s))".formatted(AlertRules.EXPECTED),
                                "in the manifest"))));
        board.add("down", 4, 5, GrafanaPanel.number("Instances down",
                "Scraped, and without an answer.", "short", NONE_IS_GOOD,
                List.of(new Query("count(up{instance_name!=\"\"} == 0) or vector(0)", "down"))));
        board.add("absent", 4, 5, GrafanaPanel.number("Instances absent",
                "In the manifest, and not among what Prometheus scrapes.", "short", NONE_IS_GOOD,
                List.of(new Query("count(%s unless on (instance_name) up{instance_name!=\"\"}) or vector(0)"
                        .formatted(AlertRules.EXPECTED), "absent"))));
    }

    private void instances() {
        board.add("status", 24, 8, GrafanaPanel.status("Health of the instances",
                "A tile for each instance; it leads to what the instance does.",
                new Query(STATUS, "{{instance_name}}"),
                List.of(new DataLink("What it does", "/d/" + entities
                        + "?var-instance=${__field.labels.instance_name}&${__url_time_range}"))));
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("instance_name", "Instance");
        columns.put("service", "Service");
        columns.put("service_type", "Kind");
        columns.put("entity_type", "Entity");
        columns.put("Value", "Status");
        board.add("table", 24, 10, GrafanaPanel.table("All instances",
                "Every instance of the manifest, and every other one that is scraped.", STATUS, columns));
    }

    private void containers() {
        board.add("memory", 12, 9, GrafanaPanel.lines("Memory",
                "Working set of each container, which is what the kernel counts against its limit (cAdvisor).", "bytes",
                new Query("sum by (name) (container_memory_working_set_bytes{name!=\"\"})", "{{name}}")));
        board.add("cpu", 12, 9, GrafanaPanel.lines("CPU",
                "Time on the processor of each container; 100 % is one core (cAdvisor).", "percentunit",
                new Query("sum by (name) (rate(container_cpu_usage_seconds_total{name!=\"\"}[$__rate_interval]))",
                        "{{name}}")));
    }
}
