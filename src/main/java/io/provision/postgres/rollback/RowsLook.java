package io.provision.postgres.rollback;

import io.provision.plan.rollback.ObjectGraph;
import io.provision.plan.rollback.ObjectGraph.Node;
import io.provision.plan.rollback.ObjectGraph.RowsSeen;
import io.provision.postgres.DatabaseFailure;
import io.provision.postgres.LockHolders;
import io.provision.postgres.Session;
import io.provision.postgres.UnplantedTables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks whether tables that take space on the disk have rows, as they have not when all were deleted. What their owner
 * made must not run as the login, and he may make it at any moment: so the look is taken under a lock that lets
 * writers by and keeps out whoever would make an index, statistics or a partition, and only where the catalogs, seen
 * after the lock was had, show that nothing would run. What cannot be looked into so counts as filled, and is told.
 */
public final class RowsLook {

    /** How many tables one statement asks for rows. */
    private static final int CHUNK = 200;

    /** How long all looks together wait for tables that somebody alters or vacuums. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final String UNREADABLE =
            "the login may not read and lock all of it, or a look would run what its owner made of it";

    private final Session session;
    private final Set<String> empty = new HashSet<>();
    private final Map<String, String> unseen = new HashMap<>();

    /** @param session in a transaction whose every statement sees the catalogs anew (READ COMMITTED) */
    public RowsLook(Session session) {
        this.session = session;
    }

    /** The same, with what is known better of the filled ones: that they are empty, or could not be looked into. */
    public ObjectGraph without(ObjectGraph objects) {
        List<Node> filled = List.copyOf(objects.filled());
        List<Node> busy = new ArrayList<>();
        for (int from = 0; from < filled.size(); from += CHUNK) {
            List<Node> chunk = filled.subList(from, Math.min(from + CHUNK, filled.size()));
            if (look(chunk, Duration.ZERO).isPresent()) {
                chunk.stream()
                        .filter(node -> look(List.of(node), Duration.ZERO).isPresent())
                        .forEach(busy::add);
            }
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (Node node : busy) {
            look(List.of(node), Duration.ofNanos(deadline - System.nanoTime()))
                    .ifPresent(failure -> unseen.put(node.key(), why(node, failure)));
        }
        return objects.with(new RowsSeen(empty, unseen));
    }

    /** @return why it did not come to a look */
    private Optional<DatabaseFailure> look(Collection<Node> filled, Duration wait) {
        List<Node> tables = readable(filled);
        if (tables.isEmpty()) {
            return Optional.empty();
        }
        session.execute("SAVEPOINT looking_for_rows");
        try {
            lock(tables, wait);
            empty.addAll(emptyUnderTheLock(tables));
            return Optional.empty();
        } catch (DatabaseFailure e) {
            if (e.connectionLost() || e.cancelled()) {
                throw e;
            }
            return Optional.of(e);
        } finally {
            session.execute("ROLLBACK TO SAVEPOINT looking_for_rows");
            session.execute("RELEASE SAVEPOINT looking_for_rows");
        }
    }

    private void lock(Collection<Node> tables, Duration wait) {
        if (wait.toMillis() > 0) {
            session.execute("SET LOCAL lock_timeout = " + wait.toMillis());
        }
        // The identity comes quoted from the catalogs.
        session.execute("LOCK TABLE %s IN SHARE UPDATE EXCLUSIVE MODE%s".formatted(
                tables.stream().map(Node::identity).collect(Collectors.joining(", ")),
                wait.toMillis() > 0 ? "" : " NOWAIT"));
    }

    private String why(Node node, DatabaseFailure failure) {
        if (!failure.lockNotToBeHad()) {
            return failure.getMessage();
        }
        List<String> holders = new LockHolders(session).ofAltering(node.key().substring(node.key().indexOf(':') + 1));
        return holders.isEmpty() ? "somebody held it" : String.join("; ", holders);
    }

    private Set<String> emptyUnderTheLock(List<Node> tables) {
        List<Node> locked = readable(tables);
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

    private List<Node> readable(Collection<Node> tables) {
        List<Node> unplanted = unplanted(tables);
        Set<String> readable = unplanted.stream().map(Node::key).collect(Collectors.toSet());
        tables.stream().filter(node -> !readable.contains(node.key())).forEach(node -> unseen.put(node.key(), UNREADABLE));
        return unplanted;
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
