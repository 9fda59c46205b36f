package io.provision.postgres.rollback;

import io.provision.plan.Distribution;
import io.provision.postgres.Session;
import io.provision.problem.Problem;
import java.util.Collection;
import java.util.List;

/** Identity columns that tables of distributed schemas have got since: Citus does not take such tables back. */
final class IdentityColumnsQuery {

    private final Session session;

    IdentityColumnsQuery(Session session) {
        this.session = session;
    }

    /** @param distributions that stand and are to be undone */
    List<Problem> refusals(Collection<Distribution> distributions) {
        return distributions.isEmpty()
                ? List.of()
                : session.query(
                        """
                        SELECT n.nspname, c.relname, a.attname
                        FROM unnest(?::text[]) AS w (schema)
                        JOIN pg_namespace n ON n.nspname = w.schema
                        JOIN pg_class c ON c.relnamespace = n.oid AND c.relkind IN ('r', 'p')
                        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND a.attidentity <> ''
                        WHERE NOT c.relispartition
                          AND NOT a.attisdropped
                        ORDER BY 1, 2, 3
                        """,
                        row -> Problem.error(("%1$s.%2$s has the identity column %3$s, with which Citus does not"
                                                + " undistribute it, nor the schema %1$s")
                                        .formatted(row.getString(1), row.getString(2), row.getString(3)))
                                .remedy("move its rows to a table without one, or leave the schema's instance out"),
                        distributions.stream().map(Distribution::schema).toList());
    }
}
