package io.provision.manifest;

import io.provision.naming.NameRules;
import io.provision.naming.Names;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads {@code postgres} and {@code redis} ({@code manifest.md}, "Connections"). */
final class ConnectionReader {

    /** The database of a URL that names another one than 0; what follows sentinels is first the master's name. */
    private static final Pattern OTHER_DATABASE =
            Pattern.compile("rediss?(?:\\+sentinel://[^/]*/[^/]*|://[^/]*)/0*(?<database>[1-9]\\d*)");

    private final Path folder;
    private final Faults faults;

    ConnectionReader(Path folder, Faults faults) {
        this.folder = folder;
        this.faults = faults;
    }

    PostgresSettings postgres(Settings settings) {
        String journal = settings.text("journal_schema").orElse(PostgresSettings.DEFAULT_JOURNAL_SCHEMA);
        if (journal.equals(Names.PUBLIC_SCHEMA)) {
            faults.error(settings.place("journal_schema"), "the journal cannot stand in the schema public",
                    "leave `journal_schema` out, or name a schema of its own");
        } else {
            settings.scalar("journal_schema").ifPresent(said ->
                    NameRules.faultsOfIdentifier("journal schema", journal, "")
                            .forEach(fault -> faults.error(said.place(), said.hide(fault))));
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
        boolean acl = settings.text("acl").filter("off"::equals).isEmpty();
        if (acl) {
            warnOfOtherDatabase(settings, urls);
        }
        return new RedisSettings(
                // Empty only where that has been told already.
                urls.isEmpty() ? List.of(RedisSettings.EMBEDDED) : urls,
                settings.text("service_url"),
                acl,
                settings.texts("commands"),
                tls(settings));
    }

    /** The users may {@code SELECT 0} alone, and a client that is told of another database asks for it at once. */
    private void warnOfOtherDatabase(Settings settings, List<String> urls) {
        Optional<String> told = settings.text("service_url");
        List<String> commands = settings.texts("commands");
        Stream.concat(told.stream(), told.isPresent() ? Stream.empty() : urls.stream())
                .map(OTHER_DATABASE::matcher)
                .filter(Matcher::matches)
                .map(url -> url.group("database"))
                .filter(database -> !commands.contains("+select") && !commands.contains("+select|" + database))
                .findFirst()
                .ifPresent(database -> faults.warning(
                        settings.place(told.isPresent() ? "service_url" : "url"),
                        "the services are told of database " + database + " in Redis, and the instances' users may"
                                + " SELECT none but 0: their clients would be refused",
                        "name no database, or write `redis.commands: [+select|%s]`".formatted(database)));
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
