package io.provision.postgres;

import io.provision.plan.JournalMark;
import io.provision.plan.Login;
import io.provision.problem.Problem;
import java.util.ArrayList;
import java.util.List;

/** What stands in the way of the journal, where its schema stands already. */
final class JournalPrerequisites {

    private final Session session;
    private final Login login;

    JournalPrerequisites(Session session, Login login) {
        this.session = session;
        this.login = login;
    }

    List<Problem> lacking(String schema) {
        List<Problem> problems = new ArrayList<>();
        List<String> foreign = foreign(schema);
        if (!foreign.isEmpty()) {
            problems.add(Problem.error("the schema %s is to hold the journal, and holds something else: %s"
                            .formatted(schema, String.join(", ", foreign)))
                    .remedy("name another in `postgres.journal_schema`"));
        }
        List<String> closed = login.superuser() ? List.of() : closed(schema);
        if (!closed.isEmpty()) {
            String quoted = Sql.identifier(schema);
            String who = Sql.identifier(login.name());
            problems.add(Problem.error("the login %s lacks the right to write the journal (%s)"
                            .formatted(login.name(), String.join(", ", closed)))
                    .remedy(("let somebody who may run: GRANT USAGE, CREATE ON SCHEMA %s TO %s; "
                                    + "GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA %s TO %s;")
                            .formatted(quoted, who, quoted, who)));
        }
        return problems;
    }

    private List<String> foreign(String schema) {
        return session.query(
                """
                SELECT c.relname
                FROM pg_class c
                JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = ?
                  AND coalesce(obj_description(n.oid, 'pg_namespace'), '') NOT LIKE ?
                ORDER BY 1
                LIMIT 3
                """,
                row -> row.getString(1),
                schema,
                JournalMark.PATTERN);
    }

    private List<String> closed(String schema) {
        return session.query(
                """
                SELECT 'its schema, to make them'
                FROM pg_namespace n
                WHERE n.nspname = ?
                  AND NOT has_schema_privilege(n.oid, 'CREATE')
                  AND NOT EXISTS (
                    SELECT
                    FROM pg_class c
                    WHERE c.relnamespace = n.oid
                      AND c.relname = 'changes'
                  )
                UNION ALL
                SELECT c.relname
                FROM pg_class c
                JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname = ?
                  AND c.relkind = 'r'
                  AND NOT (has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
                           AND has_table_privilege(c.oid, 'INSERT'))
                ORDER BY 1
                """,
                row -> row.getString(1),
                schema,
                schema);
    }
}
