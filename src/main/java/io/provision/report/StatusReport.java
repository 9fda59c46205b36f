package io.provision.report;

import io.provision.manifest.EnvironmentSetting;
import io.provision.postgres.SchemaSizes.Size;
import io.provision.problem.Counted;
import io.provision.status.Amount;
import io.provision.status.Discovery;
import io.provision.status.EcosystemStatus;
import io.provision.status.InstanceStatus;
import io.provision.status.Seen;
import io.provision.volumes.FolderSize;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** How the instances stand: one line each, and the health record of each as a document ({@code cli.md}). */
public final class StatusReport {

    /** What a narrow terminal does without. */
    private static final List<String> EXPENDABLE = List.of("SINCE", "NAMESPACE", "SCHEMA", "ROLE", "ROWS", "VOLUMES");

    private final EcosystemStatus status;
    private final String version;
    private final String environment;
    private final Instant now;
    private final RegistrationWords registrations;

    /**
     * @param version of the tool
     * @param environment as {@code ENVIRONMENT} says; empty where it says nothing
     * @param staleAfter how old an entry in discovery may be before it is called stale
     */
    public StatusReport(
            EcosystemStatus status, String version, String environment, Instant now, Duration staleAfter) {
        this.status = status;
        this.version = version;
        this.environment = environment;
        this.now = now;
        this.registrations = new RegistrationWords(now, staleAfter);
    }

    public String text(int columns, Palette palette) {
        TextTable table = new TextTable(
                "INSTANCE", "STATUS", "SCHEMA", "TABLES", "ROWS", "ROLE", "NAMESPACE", "KEYS", "VOLUMES", "REGISTERED",
                "SINCE", "DRIFT");
        status.instances().forEach(instance -> row(table, instance, palette));
        StringBuilder text = new StringBuilder(
                table.render(columns, EXPENDABLE, TextTable.Narrow.CUT, palette));
        for (InstanceStatus instance : status.instances()) {
            instance.unknown().forEach(what ->
                    text.append("unknown: ").append(instance.instance().name()).append(", ").append(what).append('\n'));
            instance.registration().value().flatMap(Function.identity()).ifPresent(entry -> entry.faults().forEach(
                    fault -> text.append("malformed: %s (%s): %s%n"
                            .formatted(entry.key(), instance.instance().name(), fault))));
        }
        besidesInText().forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private void row(TextTable table, InstanceStatus of, Palette palette) {
        table.row(
                of.instance().name(),
                of.status().equals("healthy") ? palette.good("healthy") : palette.warning(of.status()),
                of.instance().names().schema(),
                cell(of.schema(), size -> Long.toString(size.map(Size::tables).orElse(0L))),
                cell(of.schema(), size -> Long.toString(size.map(Size::rows).orElse(0L))),
                cell(of.role(), stands -> stands ? "yes" : "no"),
                of.instance().names().namespace(),
                cell(of.keys(), keys -> keys.number() + more(keys)),
                cell(of.volumeBytes(), bytes -> FolderSize.words(bytes.number()) + more(bytes)),
                cell(of.registration(), registrations::standing),
                cell(of.registration(), registrations::since),
                cell(of.drift(), drift -> drift == 0 ? "none" : Counted.of(drift, "change")));
    }

    private static <T> String cell(Seen<T> seen, Function<T, String> words) {
        return seen.value().map(words).orElse(seen.unknown().isPresent() ? "unknown" : "-");
    }

    private static String more(Amount amount) {
        return amount.complete() ? "" : "+";
    }

    private List<String> besidesInText() {
        return status.discovery().unknown()
                .map(why -> List.of("unknown: who else is registered: " + why))
                .orElseGet(() -> status.discovery().value().map(registrations::besides).orElse(List.of()));
    }

    /** What the document has no place for, in sentences: a health record is of its instance alone. */
    public List<String> besides() {
        return status.instances().size() == 1 ? besidesInText() : List.of();
    }

    /** One instance is its health record; several are a list of them. */
    public Document document() {
        return status.instances().size() == 1
                ? document(status.instances().get(0))
                : new Document()
                        .put("instances", status.instances().stream().map(this::document).toList())
                        .put("orphans", status.discovery().value()
                                .map(found -> found.orphans().stream().map(registrations::document).toList()))
                        .put("more_orphans", status.discovery().value().map(Discovery::moreOrphans))
                        .put("orphans_complete", status.discovery().value().map(Discovery::complete))
                        .put("orphans_unknown", status.discovery().unknown());
    }

    private Document document(InstanceStatus of) {
        return new Document()
                .put("service", of.instance().identity().service())
                .put("instance", of.instance().name())
                .put("status", of.status())
                .put("schema", of.instance().names().schema())
                .put("tables", of.schema().value().map(size -> size.map(Size::tables).orElse(0L)))
                .put("rows", of.schema().value().map(size -> size.map(Size::rows).orElse(0L)))
                .put("namespace", of.instance().names().namespace())
                .put("keys", of.keys().value().map(Amount::number))
                .put("keys_complete", of.keys().value().map(Amount::complete))
                .put("role", of.instance().names().role())
                .put("role_stands", of.role().value())
                .put("volume_bytes", of.volumeBytes().value().map(Amount::number))
                .put("volumes_complete", of.volumeBytes().value().map(Amount::complete))
                .put("registered", of.registration().value().map(Optional::isPresent))
                .put("discovery", of.registration().value().flatMap(Function.identity()).map(registrations::document))
                .put("drift", of.drift().value())
                .put("unknown", of.unknown())
                .put("environment", environment(of))
                .put("version", version)
                .put("timestamp", now.toString());
    }

    /** What its container is told, or else where the tool runs. */
    private Optional<String> environment(InstanceStatus of) {
        return Optional.ofNullable(of.instance().environment().get("ENVIRONMENT"))
                .map(EnvironmentSetting::value)
                .or(() -> Optional.of(environment))
                .filter(own -> !own.isEmpty());
    }
}
