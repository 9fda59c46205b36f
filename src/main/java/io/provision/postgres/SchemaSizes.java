package io.provision.postgres;

import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** How much is in schemas, by the server's own estimate: no table is read. */
public final class SchemaSizes {

    /**
     * @param tables a partitioned one is one
     * @param rows by the last ANALYZE or VACUUM; where there was none, by what the server has counted since it started
     */
    public record Size(long tables, long rows) {}

    private SchemaSizes() {}

    /** @return only schemas that stand */
    public static Map<String, Size> of(Session session, Collection<String> schemas) {
        session.beginReadOnly();
        try {
            return session
                    .query(
                            """
                            SELECT n.nspname,
                                   count(c.oid) FILTER (WHERE NOT c.relispartition),
                                   coalesce(
                                     sum(CASE WHEN c.reltuples > 0 THEN c.reltuples
                                              ELSE pg_stat_get_live_tuples(c.oid) END)
                                       FILTER (WHERE c.relkind = 'r'),
                                     0)::bigint
                            FROM pg_namespace n
                            LEFT JOIN pg_class c ON c.relnamespace = n.oid AND c.relkind IN ('r', 'p')
                            WHERE n.nspname IN (SELECT unnest(?::text[]))
                            GROUP BY n.nspname
                            """,
                            row -> Map.entry(row.getString(1), new Size(row.getLong(2), row.getLong(3))),
                            schemas)
                    .stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        } finally {
            session.rollback();
        }
    }
}
