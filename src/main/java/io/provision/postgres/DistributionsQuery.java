package io.provision.postgres;

import io.provision.plan.Distribution;
import java.util.Collection;
import java.util.List;

/** Which schemas Citus has distributed. */
final class DistributionsQuery {

    private final Session session;

    DistributionsQuery(Session session) {
        this.session = session;
    }

    /** Whether this server can distribute schemas: Citus from 12.0 on, installed in this database. */
    boolean possible() {
        return session.query(
                        """
                        SELECT to_regprocedure('pg_catalog.citus_schema_distribute(regnamespace)') IS NOT NULL
                           AND to_regclass('pg_catalog.pg_dist_schema') IS NOT NULL
                        """,
                        row -> row.getBoolean(1))
                .get(0);
    }

    List<Distribution> of(Collection<Distribution> wanted) {
        return wanted.isEmpty() || !possible()
                ? List.of()
                : among(wanted.stream().map(Distribution::schema).toList());
    }

    /** Only where it is {@link #possible}. */
    List<Distribution> among(Collection<String> schemas) {
        return session.query(
                """
                SELECT n.nspname
                FROM pg_catalog.pg_dist_schema d
                JOIN pg_namespace n ON n.oid = d.schemaid
                WHERE n.nspname IN (SELECT unnest(?::text[]))
                """,
                row -> new Distribution(row.getString(1)),
                schemas);
    }
}
