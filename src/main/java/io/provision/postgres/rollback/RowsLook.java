package io.provision.postgres.rollback;

import io.provision.plan.rollback.ObjectGraph;
import io.provision.plan.rollback.ObjectGraph.Node;
import io.provision.postgres.DatabaseFailure;
import io.provision.postgres.Session;
import io.provision.postgres.UnplantedTables;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks whether tables that take space on the disk have rows, as they have not when all were deleted. What their owner
 * made must not run as the login, and he may make it at any moment: so the look is taken under a lock that lets
 * writers by and keeps out whoever would make an index, statistics or a partition, and only where the catalogs, seen
 * after the lock was had, show that nothing would run. What cannot be looked into so counts as filled.
 */
public final class RowsLook {

    /** How many tables one statement asks for rows. */
    private static final int CHUNK = 200;

    private final Session session;

    /** @param session in a transaction whose every statement sees the catalogs anew (READ COMMITTED) */
    public RowsLook(Session session) {
        this.session = session;
    }

    /** The same, without the tables that turned out to be empty among the filled ones. */
    public ObjectGraph without(ObjectGraph objects) {
        List<Node> filled = List.copyOf(objects.filled());
        Set<String> empty = new HashSet<>();
        for (int from = 0; from < filled.size(); from += CHUNK) {
            empty.addAll(empty(filled.subList(from, Math.min(from + CHUNK, filled.size()))));
        }
        return objects.emptied(empty);
    }

    private Set<String> empty(Collection<Node> filled) {
        List<Node> tables = unplanted(filled);
        if (tables.isEmpty()) {
            return Set.of();
        }
        session.execute("SAVEPOINT looking_for_rows");
        try {
            return emptyUnderTheLock(tables);
        } catch (DatabaseFailure e) {
            if (e.connectionLost() || e.cancelled()) {
                throw e;
            }
            return Set.of();
        } finally {
            session.execute("ROLLBACK TO SAVEPOINT looking_for_rows");
        }
    }

    private Set<String> emptyUnderTheLock(List<Node> tables) {
        // The identity comes quoted from the catalogs.
        session.execute("LOCK TABLE %s IN SHARE UPDATE EXCLUSIVE MODE"
                .formatted(tables.stream().map(Node::identity).collect(Collectors.joining(", "))));
        List<Node> locked = unplanted(tables);
        if (locked.isEmpty()) {
            return Set.of();
        }
        session.execute("SET LOCAL row_security = off");
        session.query(
                """
                SELECT set_config('restrict_nonsystem_relation_kind', 'view, foreign-table', TRUE)
                WHERE current_setting('restrict_nonsystem_relation_kind', TRUE) IS NOT NULL
                """,
                row -> row.getString(1));
        return Set.copyOf(session.query(
                locked.stream()
                        .map(node -> "SELECT '%s' WHERE NOT EXISTS (SELECT FROM %s)"
                                .formatted(node.key(), node.identity()))
                        .collect(Collectors.joining("\nUNION ALL\n")),
                row -> row.getString(1)));
    }

    private List<Node> unplanted(Collection<Node> tables) {
        Map<String, Node> byKey = tables.stream().collect(Collectors.toMap(Node::key, node -> node));
        return session.query(
                        """
                        SELECT r.key
                        FROM unnest(?::text[], ?::text[]) AS r (key, identity)
                        JOIN pg_class own ON own.oid = to_regclass(r.identity)
                          AND r.key = 'pg_class'::regclass::oid || ':' || own.oid
                        WHERE current_setting('transaction_isolation') = 'read committed'
                          AND has_schema_privilege(own.relnamespace, 'USAGE')
                          AND has_table_privilege(own.oid, 'SELECT')
                          AND has_table_privilege(own.oid, 'UPDATE, DELETE, TRUNCATE')
                          AND (
                            WITH RECURSIVE tree AS (
                              SELECT own.oid
                              UNION
                              SELECT h.inhrelid
                              FROM tree t
                              JOIN pg_inherits h ON h.inhparent = t.oid
                            )
                            SELECT bool_and(%s)
                            FROM tree t
                            JOIN pg_class c ON c.oid = t.oid
                          )
                        """
                                .formatted(UnplantedTables.CONDITION),
                        row -> row.getString(1),
                        List.copyOf(byKey.keySet()),
                        byKey.keySet().stream().map(key -> byKey.get(key).identity()).toList())
                .stream()
                .map(byKey::get)
                .toList();
    }
}
