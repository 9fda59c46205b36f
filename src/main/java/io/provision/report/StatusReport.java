package io.provision.report;

import io.provision.apply.InstanceStatus;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** How the instances stand: one line each, and the health record of each as a document ({@code cli.md}). */
public final class StatusReport {

    /** What a narrow terminal does without. */
    private static final List<String> EXPENDABLE = List.of("NAMESPACE", "SCHEMA", "ROLE", "ROWS", "VOLUMES");

    private final List<InstanceStatus> statuses;
    private final String version;
    private final String environment;
    private final Instant now;

    /**
     * @param version of the tool
     * @param environment as {@code ENVIRONMENT} says; empty where it says nothing
     */
    public StatusReport(List<InstanceStatus> statuses, String version, String environment, Instant now) {
        this.statuses = List.copyOf(statuses);
        this.version = version;
        this.environment = environment;
        this.now = now;
    }

    public String text(int columns, Palette palette) {
        TextTable table = new TextTable(
                "INSTANCE", "STATUS", "SCHEMA", "TABLES", "ROWS", "ROLE", "NAMESPACE", "KEYS", "VOLUMES", "REGISTERED",
                "DRIFT");
        for (InstanceStatus status : statuses) {
            table.row(
                    status.instance().name(),
                    status.status().equals("healthy") ? palette.good("healthy") : palette.warning(status.status()),
                    status.instance().names().schema(),
                    number(status.tables()),
                    number(status.rows()),
                    status.tables().isEmpty() ? "-" : status.roleStands() ? "yes" : "no",
                    status.instance().names().namespace(),
                    number(status.keys()) + (status.keysComplete() ? "" : "+"),
                    bytes(status.volumeBytes()),
                    status.keys().isEmpty() ? "-" : status.discovery().isPresent() ? "yes" : "no",
                    status.drift() == 0 ? "none" : status.drift() + " changes");
        }
        return table.render(columns, EXPENDABLE, TextTable.Narrow.STACK, palette);
    }

    private static String number(OptionalLong value) {
        return value.isPresent() ? Long.toString(value.getAsLong()) : "-";
    }

    private static String bytes(OptionalLong value) {
        if (value.isEmpty()) {
            return "-";
        }
        double size = value.getAsLong();
        for (String unit : List.of("B", "KiB", "MiB", "GiB", "TiB")) {
            if (size < 1024 || unit.equals("TiB")) {
                return String.format(Locale.ROOT, unit.equals("B") ? "%.0f %s" : "%.1f %s", size, unit);
            }
            size /= 1024;
        }
        throw new IllegalStateException("the last unit takes everything");
    }

    /** One instance is its health record; several are a list of them. */
    public Document document() {
        return statuses.size() == 1
                ? document(statuses.get(0))
                : new Document().put("instances", statuses.stream().map(this::document).toList());
    }

    private Document document(InstanceStatus status) {
        return new Document()
                .put("service", status.instance().identity().service())
                .put("instance", status.instance().name())
                .put("status", status.status())
                .put("schema", status.instance().names().schema())
                .put("tables", boxed(status.tables()))
                .put("rows", boxed(status.rows()))
                .put("namespace", status.instance().names().namespace())
                .put("keys", boxed(status.keys()))
                .put("keys_complete", status.keysComplete())
                .put("role", status.instance().names().role())
                .put("volume_bytes", boxed(status.volumeBytes()))
                .put("registered", status.discovery().isPresent())
                .put("drift", status.drift())
                .put("environment", environment(status))
                .put("version", version)
                .put("timestamp", now.toString());
    }

    /** What its container is told, or else where the tool runs. */
    private String environment(InstanceStatus status) {
        String own = status.instance().environment().getOrDefault("ENVIRONMENT", environment);
        return own.isEmpty() ? null : own;
    }

    private static Object boxed(OptionalLong value) {
        return value.isPresent() ? (Object) value.getAsLong() : null;
    }
}
