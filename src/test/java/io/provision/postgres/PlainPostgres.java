package io.provision.postgres;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A server as its URL alone names it: without TLS, and without anything of the environment. */
public final class PlainPostgres {

    private PlainPostgres() {}

    public static Postgres at(String url) {
        return at(url, statement -> { });
    }

    /** @param log is told each statement */
    public static Postgres at(String url, Consumer<String> log) {
        return new Postgres(PostgresTarget.of(Optional.of(url), PostgresTarget.Tls.NONE, Map.of()), "test", log);
    }
}
