package io.provision.render;

import io.provision.render.GrafanaModel.Color;
import io.provision.render.GrafanaModel.DataLink;
import io.provision.render.GrafanaModel.Defaults;
import io.provision.render.GrafanaModel.FieldConfig;
import io.provision.render.GrafanaModel.Legend;
import io.provision.render.GrafanaModel.MappedText;
import io.provision.render.GrafanaModel.Matcher;
import io.provision.render.GrafanaModel.Options;
import io.provision.render.GrafanaModel.Override;
import io.provision.render.GrafanaModel.Property;
import io.provision.render.GrafanaModel.Reduce;
import io.provision.render.GrafanaModel.StatOptions;
import io.provision.render.GrafanaModel.Step;
import io.provision.render.GrafanaModel.TableOptions;
import io.provision.render.GrafanaModel.Target;
import io.provision.render.GrafanaModel.Thresholds;
import io.provision.render.GrafanaModel.TimeseriesOptions;
import io.provision.render.GrafanaModel.Tooltip;
import io.provision.render.GrafanaModel.Transformation;
import io.provision.render.GrafanaModel.ValueMapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a panel shows, wherever it stands on its dashboard. */
record GrafanaPanel(
        String type,
        String title,
        String description,
        List<Target> targets,
        FieldConfig fieldConfig,
        Options options,
        List<Transformation> transformations) {

    /** Values of {@code up}, and of what the manifest lists and Prometheus does not know. */
    private static final ValueMapping STATUS = new ValueMapping("value", statusTexts());
    private static final Thresholds STATUS_COLORS = thresholds("orange", Map.of(0.0, "red", 1.0, "green"));
    private static final Thresholds NONE = thresholds("green", Map.of());

    /** One expression, and what its series are called. */
    record Query(String expression, String legend) {}

    /** A tile for each series: up, down, or absent. */
    static GrafanaPanel status(String title, String description, Query query, List<DataLink> links) {
        Defaults defaults = new Defaults("none", Optional.empty(), new Color("thresholds"), STATUS_COLORS,
                List.of(STATUS), links, Map.of());
        return new GrafanaPanel("stat", title, description, targets(List.of(query), true),
                new FieldConfig(defaults, List.of()), stat("background", "none"), List.of());
    }

    /** A tile for each query, a number and how it came to be. */
    static GrafanaPanel number(
            String title, String description, String unit, Thresholds thresholds, List<Query> queries) {
        Defaults defaults = new Defaults(unit, Optional.of(0.0), new Color("thresholds"), thresholds,
                List.of(), List.of(), Map.of());
        return new GrafanaPanel("stat", title, description, targets(queries, false),
                new FieldConfig(defaults, List.of()), stat("value", "area"), List.of());
    }

    static GrafanaPanel number(String title, String description, String unit, List<Query> queries) {
        return number(title, description, unit, NONE, queries);
    }

    /** A line for each series; with thresholds, they are drawn. */
    static GrafanaPanel lines(String title, String description, String unit, Thresholds thresholds, Query query) {
        Map<String, Object> custom = new LinkedHashMap<>();
        custom.put("lineWidth", 1);
        custom.put("fillOpacity", 10);
        custom.put("showPoints", "never");
        custom.put("thresholdsStyle", Map.of("mode", thresholds.steps().size() > 1 ? "line" : "off"));
        Defaults defaults = new Defaults(unit, Optional.of(0.0), new Color("palette-classic"), thresholds,
                List.of(), List.of(), custom);
        return new GrafanaPanel("timeseries", title, description, targets(List.of(query), false),
                new FieldConfig(defaults, List.of()),
                new TimeseriesOptions(
                        new Legend("list", "bottom", true, List.of()), new Tooltip("multi", "desc")),
                List.of());
    }

    static GrafanaPanel lines(String title, String description, String unit, Query query) {
        return lines(title, description, unit, NONE, query);
    }

    /**
     * A line of the table for each series, a column for each label.
     *
     * @param columns title by label, in their order; {@code Value} is the status
     */
    static GrafanaPanel table(String title, String description, String expression, Map<String, String> columns) {
        Defaults defaults = new Defaults("none", Optional.empty(), new Color("thresholds"), STATUS_COLORS,
                List.of(), List.of(), Map.of("filterable", true));
        Override status = new Override(new Matcher("byName", columns.get("Value")), List.of(
                new Property("mappings", List.of(STATUS)),
                new Property("custom.cellOptions", Map.of("type", "color-background"))));
        Target target = new Target("A", GrafanaModel.PROMETHEUS, expression, "", "table", true, false);
        Map<String, Object> places = new LinkedHashMap<>();
        columns.keySet().forEach(label -> places.put(label, places.size()));
        Map<String, Object> organize = new LinkedHashMap<>();
        organize.put("excludeByName", Map.of("Time", true));
        organize.put("indexByName", places);
        organize.put("renameByName", columns);
        return new GrafanaPanel("table", title, description, List.of(target),
                new FieldConfig(defaults, List.of(status)), new TableOptions(true, "sm"),
                List.of(new Transformation("organize", organize)));
    }

    /** @param above colour by the value from which it counts */
    static Thresholds thresholds(String below, Map<Double, String> above) {
        List<Step> steps = new ArrayList<>();
        steps.add(new Step(below, Optional.empty()));
        above.entrySet().stream().sorted(Map.Entry.comparingByKey())
                .forEach(step -> steps.add(new Step(step.getValue(), Optional.of(step.getKey()))));
        return new Thresholds("absolute", steps);
    }

    private static Map<String, MappedText> statusTexts() {
        Map<String, MappedText> texts = new LinkedHashMap<>();
        texts.put("1", new MappedText("up", "green", 0));
        texts.put("0", new MappedText("down", "red", 1));
        texts.put("-1", new MappedText("absent", "orange", 2));
        return texts;
    }

    private static List<Target> targets(List<Query> queries, boolean instant) {
        List<Target> targets = new ArrayList<>();
        for (Query query : queries) {
            String refId = Character.toString('A' + targets.size());
            targets.add(new Target(refId, GrafanaModel.PROMETHEUS, query.expression(), query.legend(),
                    "time_series", instant, !instant));
        }
        return targets;
    }

    private static StatOptions stat(String colorMode, String graphMode) {
        return new StatOptions(new Reduce(List.of("lastNotNull"), "", false), "auto", "value_and_name", colorMode,
                graphMode, "auto", true);
    }
}
