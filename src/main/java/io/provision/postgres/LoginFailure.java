package io.provision.postgres;

import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * Tells why there is no connection, and what to do about it.
 *
 * @param properties what the driver was told
 * @param login how long each answer was waited for, where they do not say
 */
record LoginFailure(PostgresTarget target, Properties properties, Duration login) {

    ProvisionException unreachable(SQLException e) {
        return refused("PostgreSQL at %s cannot be used: %s", e);
    }

    /** Of one beside those that there are. */
    ProvisionException noFurther(SQLException e) {
        return Sqlstates.allConnectionsTaken(e)
                ? refused("PostgreSQL at %s gives no further connection: %s", e)
                : unreachable(e);
    }

    private ProvisionException refused(String words, SQLException e) {
        return new ProvisionException(
                ExitCode.UNREACHABLE,
                List.of(Problem.error(words.formatted(target, reason(e))).remedy(remedy(e))),
                e);
    }

    /** The driver tells which type of server it did not find; why each host was none is for its log. */
    private String reason(SQLException e) {
        if (Sqlstates.unanswered(e)) {
            return "it does not answer (a connection has %s s, %s)"
                    .formatted(properties.get("connectTimeout"), timeOfLogin());
        }
        if (Sqlstates.isUnknownHost(e)) {
            return "no such host is known";
        }
        if (!target.hasPassword() && wantsPassword(e)) {
            // The driver was given an empty one, and says so.
            return "it asks for a password";
        }
        String message = Sqlstates.message(e);
        return message.contains("targetServerType") && target.severalHosts()
                ? "none of its hosts is a %s that can be reached".formatted(properties.get("targetServerType"))
                : message;
    }

    private String timeOfLogin() {
        return Optional.ofNullable(properties.getProperty("loginTimeout"))
                .map("a login %s s"::formatted)
                .orElse("each answer to a login at most %s s"
                        .formatted(properties.getProperty("socketTimeout", Long.toString(login.toSeconds()))));
    }

    private String remedy(SQLException e) {
        if (Sqlstates.unanswered(e)) {
            return "start the server, or check host and port of `postgres.url`; a server or pool that is only slow has"
                    + " longer with `loginTimeout=SECONDS` there";
        }
        if (Sqlstates.isUnknownHost(e)) {
            return "correct the host in `postgres.url`";
        }
        if (target.passFileFault().isPresent() && wantsPassword(e)) {
            return target.passFileFault().get();
        }
        if (Sqlstates.isRefusedLogin(e)) {
            return "check the user and the password of `postgres.url`";
        }
        // So the driver calls what it does not go on with by itself, after the server's answer.
        if ("08004".equals(e.getSQLState())) {
            return wantsPassword(e)
                    ? "give the login its password: in `postgres.url`, PGPASSWORD or PGPASSFILE"
                    : "the server answers: check `sslmode` and what else `postgres.url` says of the login";
        }
        if (Sqlstates.isUnknownDatabase(e)) {
            return "make the database, or name another in `postgres.url`";
        }
        if (Sqlstates.allConnectionsTaken(e)) {
            // The run's lock and one that works.
            return "free a connection, or raise max_connections or the CONNECTION LIMIT of the role or the database;"
                    + " with `--parallel 1` a run makes do with two";
        }
        return "start the server, or check host and port of `postgres.url`";
    }

    private static boolean wantsPassword(SQLException e) {
        return Sqlstates.isWrongPassword(e) || Sqlstates.message(e).contains("password");
    }
}
