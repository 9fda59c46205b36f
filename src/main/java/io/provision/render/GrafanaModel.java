package io.provision.render;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Grafana's dashboard model as its file provisioning reads it (schema version 39), as far as the two dashboards use it.
 * Components are named and ordered as Grafana writes them; what is empty and optional is left out.
 */
final class GrafanaModel {

    static final int SCHEMA_VERSION = 39;
    static final int COLUMNS = 24;

    /** The Prometheus that whoever looks at the dashboard has chosen. */
    static final DataSource PROMETHEUS = new DataSource("prometheus", "${datasource}");

    private GrafanaModel() {}

    record Dashboard(
            String description,
            String uid,
            String title,
            List<String> tags,
            int schemaVersion,
            boolean editable,
            String refresh,
            TimeRange time,
            String timezone,
            int graphTooltip,
            List<DashboardLink> links,
            Listed<Variable> templating,
            Listed<Object> annotations,
            List<Panel> panels) {}

    record TimeRange(String from, String to) {}

    record Listed<T>(List<T> list) {}

    record DataSource(String type, String uid) {}

    record DashboardLink(
            String title, String type, String icon, String tooltip, String url,
            boolean keepTime, boolean includeVars, boolean targetBlank, boolean asDropdown, List<String> tags) {}

    record Variable(
            String name,
            String label,
            String type,
            Optional<DataSource> datasource,
            Object query,
            Optional<String> definition,
            int refresh,
            int sort,
            boolean multi,
            boolean includeAll,
            Optional<String> allValue,
            Map<String, Object> current,
            int hide,
            String regex) {}

    record GridPos(int x, int y, int w, int h) {}

    sealed interface Panel {

        int id();

        GridPos gridPos();
    }

    record Row(int id, String type, String title, boolean collapsed, GridPos gridPos, List<Panel> panels)
            implements Panel {}

    record DataPanel(
            int id,
            String type,
            String title,
            String description,
            GridPos gridPos,
            DataSource datasource,
            List<Target> targets,
            FieldConfig fieldConfig,
            Options options,
            List<Transformation> transformations) implements Panel {}

    record Target(
            String refId, DataSource datasource, String expr, String legendFormat, String format,
            boolean instant, boolean range) {}

    record FieldConfig(Defaults defaults, List<Override> overrides) {}

    record Defaults(
            String unit,
            Optional<Double> min,
            Color color,
            Thresholds thresholds,
            List<ValueMapping> mappings,
            List<DataLink> links,
            Map<String, Object> custom) {}

    record Color(String mode) {}

    record Thresholds(String mode, List<Step> steps) {}

    /** @param value from which it counts; the first step counts from everything, which Grafana writes as null */
    record Step(String color, Optional<Double> value) {}

    record ValueMapping(String type, Map<String, MappedText> options) {}

    record MappedText(String text, String color, int index) {}

    record DataLink(String title, String url) {}

    record Override(Matcher matcher, List<Property> properties) {}

    record Matcher(String id, String options) {}

    record Property(String id, Object value) {}

    record Transformation(String id, Map<String, Object> options) {}

    /** What a kind of panel shows, and how. */
    sealed interface Options {}

    record StatOptions(
            Reduce reduceOptions, String orientation, String textMode, String colorMode, String graphMode,
            String justifyMode, boolean wideLayout) implements Options {}

    record Reduce(List<String> calcs, String fields, boolean values) {}

    record TimeseriesOptions(Legend legend, Tooltip tooltip) implements Options {}

    record Legend(String displayMode, String placement, boolean showLegend, List<String> calcs) {}

    record Tooltip(String mode, String sort) {}

    record TableOptions(boolean showHeader, String cellHeight) implements Options {}
}
