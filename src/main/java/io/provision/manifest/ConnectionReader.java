package io.provision.manifest;

import io.provision.naming.NameRules;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads {@code postgres} and {@code redis} ({@code manifest.md}, "Connections"). */
final class ConnectionReader {

    private final Path folder;
    private final Faults faults;

    ConnectionReader(Path folder, Faults faults) {
        this.folder = folder;
        this.faults = faults;
    }

    PostgresSettings postgres(Settings settings) {
        String journal = settings.text("journal_schema").orElse(PostgresSettings.DEFAULT_JOURNAL_SCHEMA);
        NameRules.faultsOfIdentifier("journal schema", journal, "")
                .forEach(fault -> faults.error(settings.place("journal_schema"), fault));
        if (journal.equals("public")) {
            faults.error(settings.place("journal_schema"), "the journal cannot stand in the schema public",
                    "leave `journal_schema` out, or name a schema of its own");
        }
        return new PostgresSettings(
                settings.text("url").filter(url -> !url.isEmpty()),
                settings.text("service_url"),
                settings.yes("distribute"),
                journal,
                tls(settings));
    }

    RedisSettings redis(Settings settings) {
        List<String> urls = settings.text("url").map(List::of).orElseGet(() -> settings.texts("url"));
        return new RedisSettings(
                // Empty only where that has been told already.
                urls.isEmpty() ? List.of(RedisSettings.EMBEDDED) : urls,
                settings.text("service_url"),
                settings.text("acl").filter("off"::equals).isEmpty(),
                settings.texts("commands"),
                tls(settings));
    }

    private Optional<TlsSettings> tls(Settings connection) {
        Settings tls = connection.below("tls");
        if (tls.entries().isEmpty()) {
            return Optional.empty();
        }
        if (tls.get("cert").isPresent() != tls.get("key").isPresent()) {
            faults.error(tls.place(), "a client certificate needs both `cert` and `key`", "write the other one too");
        }
        return Optional.of(new TlsSettings(file(tls, "ca"), file(tls, "cert"), file(tls, "key")));
    }

    private Optional<Path> file(Settings tls, String key) {
        return tls.text(key).map(text -> folder.resolve(text).normalize());
    }
}
