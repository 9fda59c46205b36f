package io.provision.report;

import io.provision.naming.AdapterEnvironment;
import io.provision.naming.Names;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Derived names, in the forms of {@code derive} ({@code cli.md}). */
public final class NamesReport {

    /** What a narrow terminal does without: role and user follow from the schema. */
    private static final List<String> EXPENDABLE = List.of("REDIS USER", "ROLE", "SERVICE");

    private final List<DerivedInstance> instances;

    public NamesReport(List<DerivedInstance> instances) {
        this.instances = List.copyOf(instances);
    }

    /** One instance as a block, several as a table. */
    public String text(int columns, Palette palette) {
        return instances.size() == 1
                ? block(instances.get(0), palette)
                : table().render(columns, TextTable.Narrow.STACK, palette);
    }

    /** A line an instance, for the end of a run: on a narrow terminal without what follows from the rest. */
    String summary(int columns, Palette palette) {
        return table().render(columns, EXPENDABLE, TextTable.Narrow.STACK, palette);
    }

    private static String block(DerivedInstance instance, Palette palette) {
        StringBuilder text = new StringBuilder();
        fields(instance).forEach((name, value) -> text
                .append(palette.heading(DisplayWidth.pad(name, "discovery_key".length())))
                .append("  ").append(value).append('\n'));
        return text.toString();
    }

    private TextTable table() {
        TextTable table = new TextTable("INSTANCE", "SERVICE", "SCHEMA", "NAMESPACE", "ROLE", "REDIS USER");
        for (DerivedInstance instance : instances) {
            Names names = instance.names();
            table.row(instance.identity().instance(), instance.identity().service(), names.schema(),
                    names.namespace(), names.role(), names.redisUser());
        }
        return table;
    }

    public Document document() {
        return new Document().put("instances", documents());
    }

    /** One for each instance, for a document of which the names are a part. */
    List<Document> documents() {
        return instances.stream().map(NamesReport::document).toList();
    }

    private static Document document(DerivedInstance instance) {
        Names names = instance.names();
        return new Document()
                .put("instance", instance.identity().instance())
                .put("service", instance.identity().service())
                .put("singleton", instance.identity().singleton())
                .put("naming", instance.naming().id())
                .put("schema", names.schema())
                .put("namespace", names.namespace())
                .put("key_pattern", names.keyPattern())
                .put("role", names.role())
                .put("redis_user", names.redisUser())
                .put("discovery_key", names.discoveryKey())
                .put("volumes", names.volumes());
    }

    /** Lines that a shell and an env file both take; a comment line before each of several instances. */
    public String environment() {
        StringBuilder text = new StringBuilder();
        for (DerivedInstance instance : instances) {
            if (instances.size() > 1) {
                text.append(text.isEmpty() ? "# " : "\n# ").append(instance.identity().instance()).append('\n');
            }
            variables(instance).forEach((name, value) -> text.append(EnvironmentLine.of(name, value)).append('\n'));
        }
        return text.toString();
    }

    /** Who it is first, then its names; no name of its own where it was given none: one rule tells the difference. */
    private static Map<String, String> variables(DerivedInstance instance) {
        Map<String, String> all =
                new TreeMap<>(AdapterEnvironment.linesFor(instance.identity(), instance.names(), instance.adapter()));
        if (instance.identity().givenName().isEmpty()) {
            all.remove("SERVICE_INSTANCE_NAME");
        }
        Map<String, String> ordered = new LinkedHashMap<>();
        for (String first : List.of("SERVICE_NAME", "SERVICE_INSTANCE_NAME", "SCHEMA_NAME", "REDIS_NAMESPACE")) {
            Optional.ofNullable(all.remove(first)).ifPresent(value -> ordered.put(first, value));
        }
        new TreeMap<>(all).descendingMap().forEach(ordered::put);
        return ordered;
    }

    /** The names that {@link #field} takes. */
    public List<String> fieldNames() {
        return instances.stream().flatMap(instance -> fields(instance).keySet().stream()).distinct().toList();
    }

    /** @return one bare value a line; empty where an instance has no such field */
    public Optional<String> field(String name) {
        StringBuilder text = new StringBuilder();
        for (DerivedInstance instance : instances) {
            String value = fields(instance).get(name);
            if (value == null) {
                return Optional.empty();
            }
            text.append(value).append('\n');
        }
        return Optional.of(text.toString());
    }

    private static Map<String, String> fields(DerivedInstance instance) {
        Names names = instance.names();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("instance", instance.identity().instance());
        fields.put("service", instance.identity().service());
        fields.put("singleton", Boolean.toString(instance.identity().singleton()));
        fields.put("naming", instance.naming().id());
        fields.put("schema", names.schema());
        fields.put("namespace", names.namespace());
        fields.put("key_pattern", names.keyPattern());
        fields.put("role", names.role());
        fields.put("redis_user", names.redisUser());
        fields.put("discovery_key", names.discoveryKey());
        names.volumes().forEach((kind, folder) -> fields.put("volumes." + kind, folder));
        return fields;
    }
}
