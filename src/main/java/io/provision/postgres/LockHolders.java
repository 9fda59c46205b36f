package io.provision.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/**
 * Tells who holds locks on relations and schemas: sessions by pid, user and age, prepared transactions by name. Never a
 * query.
 */
public final class LockHolders {

    private static final List<String> MODES = List.of(
            "AccessShareLock", "RowShareLock", "RowExclusiveLock", "ShareUpdateExclusiveLock", "ShareLock",
            "ShareRowExclusiveLock", "ExclusiveLock", "AccessExclusiveLock");

    private final Session session;

    public LockHolders(Session session) {
        this.session = session;
    }

    /**
     * @param relations their OIDs
     * @param schemas their names
     */
    List<String> of(Collection<String> relations, Collection<String> schemas) {
        return of(relations, schemas, MODES);
    }

    /** Of those that neither read nor write, but vacuum or alter it, or the like. */
    public List<String> ofAltering(String relation) {
        return of(List.of(relation), List.of(), MODES.subList(MODES.indexOf("ShareUpdateExclusiveLock"), MODES.size()));
    }

    private List<String> of(Collection<String> relations, Collection<String> schemas, Collection<String> modes) {
        return session.query(
                """
                WITH wanted AS (
                  SELECT 'pg_class'::regclass::oid AS classid, c.oid, n.nspname || '.' || c.relname AS name
                  FROM unnest(?::text[]) AS w (oid)
                  JOIN pg_class c ON c.oid = w.oid::oid
                  JOIN pg_namespace n ON n.oid = c.relnamespace
                  UNION ALL
                  SELECT 'pg_namespace'::regclass, n.oid, 'the schema ' || n.nspname
                  FROM pg_namespace n
                  WHERE n.nspname = ANY (?)
                ),
                held AS (
                  SELECT l.pid, l.virtualtransaction, min(w.name) AS relation
                  FROM pg_locks l
                  JOIN wanted w ON w.classid = coalesce(l.classid, 'pg_class'::regclass)
                               AND w.oid = coalesce(l.objid, l.relation)
                  WHERE l.locktype IN ('relation', 'object')
                    AND l.granted
                    AND l.mode = ANY (?)
                    AND l.database = (
                      SELECT oid
                      FROM pg_database
                      WHERE datname = current_database()
                    )
                    AND l.pid IS DISTINCT FROM pg_backend_pid()
                  GROUP BY l.pid, l.virtualtransaction
                )
                SELECT h.relation, h.pid, a.usename, a.state,
                       coalesce(extract(epoch FROM clock_timestamp() - a.query_start)::bigint, -1),
                       p.gid, p.owner,
                       coalesce(extract(epoch FROM clock_timestamp() - p.prepared)::bigint, -1),
                       current_user
                FROM held h
                LEFT JOIN pg_stat_activity a ON a.pid = h.pid
                LEFT JOIN pg_locks t ON h.pid IS NULL AND t.pid IS NULL AND t.locktype = 'transactionid'
                 AND t.virtualtransaction = h.virtualtransaction
                LEFT JOIN pg_prepared_xacts p ON p.transaction = t.transactionid
                ORDER BY 5 DESC, 2
                LIMIT 5
                """,
                LockHolders::text,
                relations,
                schemas,
                modes);
    }

    private static String text(ResultSet row) throws SQLException {
        String relation = row.getString(1);
        if (row.getString(6) != null) {
            return "the prepared transaction '%s' of %s, for %d s, holds %s"
                    .formatted(row.getString(6), row.getString(7), row.getLong(8), relation);
        }
        if (row.getString(2) == null) {
            return "a prepared transaction holds " + relation;
        }
        String user = row.getString(3) == null ? "of another user" : "user " + row.getString(3);
        return row.getString(4) == null
                ? "pid %d (%s; GRANT pg_read_all_stats TO %s shows what it is at) holds %s"
                        .formatted(row.getInt(2), user, Sql.identifier(row.getString(9)), relation)
                : "pid %d (%s, %s, for %d s) holds %s"
                        .formatted(row.getInt(2), user, row.getString(4), row.getLong(5), relation);
    }
}
