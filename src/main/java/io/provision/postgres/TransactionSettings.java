package io.provision.postgres;

import java.util.List;
import java.util.stream.Stream;

/** The statements that a transaction begins with, and which count in it alone. */
final class TransactionSettings {

    private static final int TRANSACTION_TIMEOUT_SINCE = 17;

    /** A size or an expression cannot be asked for while somebody has the table to himself. */
    private static final String LOOK_PATIENCE = "SET LOCAL lock_timeout = '5s'";

    /** What a literal means, and how the server writes a name, is the same for every login, and after every file. */
    static final List<String> OF_TEXTS =
            List.of("SET LOCAL standard_conforming_strings = on", "SET LOCAL quote_all_identifiers = off");

    private TransactionSettings() {}

    /** @param version the server's major one */
    static List<String> looking(String isolation, int version) {
        return Stream.of(
                        Stream.of("SET TRANSACTION ISOLATION LEVEL %s, READ ONLY".formatted(isolation)),
                        settled(version),
                        Stream.of(LOOK_PATIENCE))
                .flatMap(statements -> statements)
                .toList();
    }

    /**
     * @param version the server's major one
     * @param further settings, as statements
     */
    static List<String> writing(int version, List<String> further) {
        return Stream.of(Stream.of("SET TRANSACTION READ WRITE", "RESET ALL"), settled(version), further.stream())
                .flatMap(statements -> statements)
                .toList();
    }

    /**
     * A timeout that the login's role has is meant for a service: the run waits for locks, runs files and keeps its own
     * lock for as long as its own limits say.
     */
    private static Stream<String> settled(int version) {
        Stream<String> timeouts = Stream.concat(
                Stream.of("SET LOCAL statement_timeout = 0", "SET LOCAL idle_in_transaction_session_timeout = 0"),
                version >= TRANSACTION_TIMEOUT_SINCE
                        ? Stream.of("SET LOCAL transaction_timeout = 0")
                        : Stream.of());
        return Stream.of(Stream.of("SET LOCAL search_path = pg_catalog, pg_temp"), OF_TEXTS.stream(), timeouts)
                .flatMap(settings -> settings);
    }
}
