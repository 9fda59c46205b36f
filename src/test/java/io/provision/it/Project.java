package io.provision.it;

import io.provision.embedded.EmbeddedHome;
import io.provision.embedded.EmbeddedStatus;
import io.provision.embedded.Kind;
import io.provision.embedded.RunningServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A folder with a manifest, as a person keeps it. */
record Project(Path folder) {

    private static final AtomicInteger COUNT = new AtomicInteger();

    /** The manifest and the SQL that the repository ships. */
    static Project shipped(Path folder) {
        Path repository = Path.of("").toAbsolutePath();
        try {
            Files.createDirectories(folder);
            copy(repository.resolve("instances.yaml"), folder.resolve("instances.yaml"));
            try (Stream<Path> sql = Files.walk(repository.resolve("scripts/sql"))) {
                for (Path file : sql.filter(Files::isRegularFile).toList()) {
                    copy(file, folder.resolve(repository.relativize(file).toString()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Project(folder);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to);
    }

    /**
     * Exchanges that no other test has: roles belong to a whole server.
     *
     * @param entities of the exchanges, such as {@code A} for {@code exchange-A7} of the seventh project
     */
    static Project exchanges(Path folder, String... entities) {
        int number = COUNT.incrementAndGet();
        StringBuilder manifest = new StringBuilder("""
                ecosystem: exchanges
                postgres: {url: "${POSTGRES_URL:-embedded}"}
                redis: {url: "${REDIS_URL:-embedded}"}
                defaults: {password: {generate: ".provision/secrets/{instance}"}}
                services:
                  exchange-simulator: {adapter: audit-data-adapter, readers: [monitor_%d]}
                instances:
                """.formatted(number));
        for (String entity : entities) {
            String instance = "exchange-" + entity + number;
            manifest.append("  %s: {service: exchange-simulator, sql: sql/%s}\n".formatted(instance, entity));
        }
        Project project = new Project(folder).write("instances.yaml", manifest.toString());
        for (String entity : entities) {
            project.write("sql/" + entity + "/V1__trades.sql", "CREATE TABLE ${schema}.trades (id int);\n");
        }
        return project;
    }

    /** As the manifest names it. */
    String instance(String entity) {
        return read("instances.yaml").lines()
                .map(String::strip)
                .filter(line -> line.startsWith("exchange-" + entity))
                .map(line -> line.substring(0, line.indexOf(':')))
                .findFirst()
                .orElseThrow();
    }

    String schema(String entity) {
        return instance(entity).toLowerCase(Locale.ROOT).replace('-', '_');
    }

    Project write(String file, String text) {
        try {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.writeString(folder.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean has(String path) {
        return Files.exists(folder.resolve(path));
    }

    PackagedCommand command() {
        return PackagedCommand.in(folder);
    }

    Ended run(String... arguments) {
        return command().run(arguments);
    }

    /** How the embedded servers of this folder stand, seen from outside of the command. */
    EmbeddedStatus embedded() {
        return new EmbeddedHome(folder.resolve(".provision"), said -> { }).status();
    }

    Optional<String> embeddedUrl(Kind kind) {
        return embedded().servers().stream()
                .filter(server -> server.kind() == kind)
                .map(RunningServer::url)
                .findFirst();
    }

    /** What a failed test might leave running. */
    void stopEmbedded() {
        new EmbeddedHome(folder.resolve(".provision"), said -> { }).stop(Duration.ofSeconds(30));
    }

    /** The passwords that were generated here. */
    List<String> secrets() {
        try (Stream<Path> files = Files.walk(folder.resolve(".provision/secrets"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(".gitignore"))
                    .map(file -> read(folder.relativize(file).toString()).strip())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
