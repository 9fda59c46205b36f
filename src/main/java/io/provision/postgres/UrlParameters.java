package io.provision.postgres;

import io.provision.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.postgresql.PGProperty;

/**
 * The parameters of a connection URL, by libpq's names and by pgjdbc's. One that nobody knows is refused, as by psql:
 * the driver would pass over a mistyped {@code sslmode}, and connect without encryption.
 *
 * @param python whether the URL is one of a Python driver, whose own parameters say nothing to us
 */
record UrlParameters(boolean python) {

    /** libpq's names of the parameters that pgjdbc calls otherwise; empty for those that say nothing to it. */
    private static final Map<String, String> LIBPQ = Map.ofEntries(
            Map.entry("application_name", "ApplicationName"),
            Map.entry("channel_binding", "channelBinding"),
            Map.entry("client_encoding", ""),
            Map.entry("connect_timeout", "connectTimeout"),
            Map.entry("fallback_application_name", ""),
            Map.entry("gssencmode", "gssEncMode"),
            Map.entry("keepalives", ""),
            Map.entry("keepalives_count", ""),
            Map.entry("keepalives_idle", ""),
            Map.entry("keepalives_interval", ""),
            Map.entry("krbsrvname", "kerberosServerName"),
            Map.entry("load_balance_hosts", ""),
            Map.entry("passfile", PostgresTarget.PASS_FILE),
            Map.entry("require_auth", "requireAuth"),
            Map.entry("sslcompression", ""),
            Map.entry("sslnegotiation", "sslNegotiation"),
            Map.entry("sslsni", ""),
            Map.entry("target_session_attrs", "targetServerType"),
            Map.entry("tcp_user_timeout", ""));

    private static final Map<String, String> SESSION_ATTRIBUTES = Map.of(
            "any", "any",
            "read-write", "primary",
            "primary", "primary",
            "read-only", "secondary",
            "standby", "secondary",
            "prefer-standby", "preferSecondary");

    private static final List<String> SSL_MODES =
            List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    /** What belongs before the question mark; libpq takes it behind it, too. */
    private static final Set<String> ADDRESS = Set.of("host", "hostaddr", "port", "dbname");

    static boolean isAddress(String name) {
        return ADDRESS.contains(name);
    }

    /** What pgjdbc calls the sessions that libpq calls so. */
    static String serverType(String sessionAttributes) {
        return SESSION_ATTRIBUTES.getOrDefault(sessionAttributes, sessionAttributes);
    }

    /** Why this cannot be used, if it cannot. Shows no value, and no name that is none: it may be half a password. */
    Optional<Problem> fault(String name, String value) {
        if (isAddress(name)) {
            return Optional.of(problem("`%s` stands after its `?`".formatted(name),
                    "write host, port and database as in postgresql://user@host:5432/database"));
        }
        if (name.equals("sslmode") && !SSL_MODES.contains(value)) {
            return Optional.of(problem("there is no such `sslmode`", "known: " + String.join(", ", SSL_MODES)));
        }
        return isKnown(name) ? Optional.empty() : Optional.of(unknown(name));
    }

    private boolean isKnown(String name) {
        return python || LIBPQ.containsKey(name) || PGProperty.forName(name) != null;
    }

    private static Problem unknown(String name) {
        return problem(
                name.matches("[A-Za-z_]{1,40}") ? "there is no parameter `%s`".formatted(name)
                        : "it has a parameter that nobody knows",
                "psql would refuse it, too: see the manual of libpq, or of pgjdbc;"
                        + " in user and password write `%3F` for a `?`");
    }

    private static Problem problem(String why, String remedy) {
        return Problem.error("`postgres.url` cannot be used: " + why).remedy(remedy);
    }

    /** Sets what the driver calls so; asyncpg says {@code ssl=require} for {@code sslmode=require}. */
    void put(String name, String value, Properties properties) {
        boolean sslMode = name.equals("ssl") && SSL_MODES.contains(value);
        String known = sslMode ? "sslmode" : LIBPQ.getOrDefault(name, name);
        if (!known.isEmpty()) {
            properties.setProperty(known, known.equals("targetServerType") ? serverType(value) : value);
        }
    }
}
