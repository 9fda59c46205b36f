package io.provision.postgres;

import io.provision.plan.Login;
import io.provision.problem.Problem;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is lacking of PL/pgSQL, in which the journal's triggers and the functions that {@code sql:} files run in are
 * written. A new database has it, and it can be dropped like any extension.
 */
public final class PlpgsqlPrerequisites {

    private static final String JOURNAL = "the journal's triggers";
    private static final String FILES = "the functions that sql: files run in";

    private PlpgsqlPrerequisites() {}

    private record Language(boolean stands, boolean usable) {}

    /**
     * @param session in a transaction
     * @param makesJournal whether the login is to make the journal
     * @param runsFiles whether files are to be run as others; what those lack, {@link FilePrerequisites} tells
     */
    public static List<Problem> lacking(Session session, Login login, boolean makesJournal, boolean runsFiles) {
        if (!makesJournal && !runsFiles) {
            return List.of();
        }
        Language language = language(session);
        if (!language.stands()) {
            String uses = Stream.concat(
                            Stream.of(JOURNAL).filter(use -> makesJournal), Stream.of(FILES).filter(use -> runsFiles))
                    .collect(Collectors.joining(" and "));
            return List.of(Problem.error("the database %s lacks the language plpgsql, in which %s are written"
                            .formatted(login.database(), uses))
                    .remedy("let somebody who may run there: CREATE EXTENSION plpgsql;"));
        }
        return makesJournal && !language.usable()
                ? List.of(Problem.error("the login %s lacks USAGE on the language plpgsql, in which %s are written"
                                .formatted(login.name(), JOURNAL))
                        .remedy("let somebody who may run: GRANT USAGE ON LANGUAGE plpgsql TO %s;"
                                .formatted(Sql.identifier(login.name()))))
                : List.of();
    }

    private static Language language(Session session) {
        return session.query(
                        """
                        SELECT has_language_privilege(oid, 'USAGE')
                        FROM pg_language
                        WHERE lanname = 'plpgsql'
                        """,
                        row -> new Language(true, row.getBoolean(1)))
                .stream()
                .findFirst()
                .orElse(new Language(false, false));
    }
}
