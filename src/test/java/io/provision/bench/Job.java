package io.provision.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is to be done: so many instances, each with a schema, a login role with a password, grants and default
 * privileges for a reader, a search path, a table of the shape of {@code audit_events} with its indexes, two folders,
 * a namespace and a Redis user.
 *
 * @param folder with the manifest in it
 */
record Job(int instances, Path folder) {

    static final String PASSWORD = "made-up-for-the-bench";

    private static final String HEAD = """
            ecosystem: bench
            postgres: {url: "${BENCH_POSTGRES_URL}"}
            redis: {url: "${BENCH_REDIS_URL}"}
            defaults:
              readers: [monitor_user]
              password: {env: BENCH_PASSWORD}
            services:
              exchange-simulator: {sql: sql}
            instances:
            """;

    private static final String TABLE = """
            CREATE TABLE audit_events (
              id             serial       PRIMARY KEY,
              event_id       varchar(255) NOT NULL UNIQUE,
              service_name   varchar(100) NOT NULL,
              event_type     varchar(100) NOT NULL,
              trace_id       varchar(255),
              correlation_id varchar(255),
              user_id        varchar(255),
              metadata       jsonb,
              timestamp      timestamp    NOT NULL DEFAULT now(),
              created_at     timestamp    NOT NULL DEFAULT now(),
              updated_at     timestamp    NOT NULL DEFAULT now()
            );
            CREATE INDEX idx_audit_events_trace_id ON audit_events (trace_id);
            CREATE INDEX idx_audit_events_service_name ON audit_events (service_name);
            CREATE INDEX idx_audit_events_event_type ON audit_events (event_type);
            CREATE INDEX idx_audit_events_timestamp ON audit_events (timestamp);
            CREATE INDEX idx_audit_events_correlation_id ON audit_events (correlation_id);
            """;

    static Job of(int instances, Path folder) throws IOException {
        Job job = new Job(instances, folder);
        Files.createDirectories(folder.resolve("sql"));
        Files.writeString(folder.resolve("sql/V1__audit_events.sql"), TABLE);
        Files.writeString(job.manifest(), job.names()
                .map(name -> "  " + name + ": {service: exchange-simulator}\n")
                .collect(Collectors.joining("", HEAD, "")));
        return job;
    }

    Path manifest() {
        return folder.resolve("instances.yaml");
    }

    /** Where the tool makes folders. */
    Path volumes() {
        return folder.resolve("volumes");
    }

    private Stream<String> names() {
        return IntStream.rangeClosed(1, instances).mapToObj("exchange-B%05d"::formatted);
    }

    List<String> schemas() {
        return IntStream.rangeClosed(1, instances).mapToObj("exchange_b%05d"::formatted).toList();
    }

    List<String> roles() {
        return schemas().stream().map(schema -> schema + "_adapter").toList();
    }

    List<String> users() {
        return names().map(name -> name.toLowerCase(Locale.ROOT) + "-adapter").toList();
    }

    List<String> namespaces() {
        return names().map(name -> name.replace('-', ':')).toList();
    }

    /** Below a folder of the floor's own. */
    List<String> directories(Path root) {
        return names()
                .flatMap(name -> Stream.of("data", "logs").map(dir -> root.resolve(name).resolve(dir).toString()))
                .toList();
    }
}
