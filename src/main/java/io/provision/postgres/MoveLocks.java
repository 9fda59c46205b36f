package io.provision.postgres;

import io.provision.plan.Change;
import io.provision.plan.MigrationResource.CompatView;
import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Takes the locks that moves need, all together and before any of them: one bounded wait for the whole set, so that a
 * writer on one table never waits for whoever holds another ({@code postgres.md}, "Never in the way").
 */
public final class MoveLocks {

    /** A relation of the set, with the schema that it stands in. */
    private record Relation(String schema, String name, String owner) {

        /**
         * A change of owner to whoever is the owner takes the lock and does nothing. LOCK TABLE does not take
         * sequences, foreign tables and materialized views, and wants privileges that an owner may have given up.
         */
        String locking() {
            return "ALTER TABLE %s OWNER TO %s".formatted(Sql.qualified(schema, name), Sql.identifier(owner));
        }
    }

    private final Session session;

    public MoveLocks(Session session) {
        this.session = session;
    }

    /** Whether a change waits for whoever uses the object. */
    public static boolean needsLock(Change change) {
        return stands(change).isPresent();
    }

    /** What is moved or dropped, where it stands; nobody can hold what is still to be made. */
    private static Optional<Placed> stands(Change change) {
        Resource before = change.before().orElse(null);
        if (before instanceof Placement placement && placement.type().relation()) {
            return Optional.of(new Placed(placement.schema(), placement.name()));
        }
        return before instanceof CompatView view
                ? Optional.of(new Placed(view.schema(), view.name()))
                : Optional.empty();
    }

    private record Placed(String schema, String name) {}

    /**
     * @param changes those of one transaction; the ones that need no lock are passed over
     * @param wait for all locks together
     * @throws DatabaseFailure with {@link DatabaseFailure#lockNotToBeHad} when one of them is not to be had
     */
    public void take(Collection<Change> changes, Duration wait) {
        List<Placed> placed = changes.stream().flatMap(change -> stands(change).stream()).toList();
        if (placed.isEmpty()) {
            return;
        }
        List<Relation> relations = withSequences(placed);
        session.execute(block(relations, wait));
    }

    /** The same statement for a person to run. */
    static String block(Collection<Relation> relations, Duration wait) {
        String statements = relations.stream()
                .map(relation -> "    " + Sql.literal(relation.locking()))
                .collect(Collectors.joining(",\n"));
        return "DO "
                + Sql.literal(
                        """

                        DECLARE
                          deadline timestamptz := clock_timestamp() + interval '%d ms';
                          locking text;
                        BEGIN
                          FOREACH locking IN ARRAY ARRAY[
                        %s
                          ]
                          LOOP
                            PERFORM set_config(
                              'lock_timeout',
                              greatest(1, (extract(epoch FROM deadline - clock_timestamp()) * 1000)::integer)::text,
                              true);
                            EXECUTE locking;
                          END LOOP;
                          PERFORM set_config('lock_timeout', '%d', true);
                        END
                        """
                                .formatted(wait.toMillis(), statements, wait.toMillis()));
    }

    /** Parents before their partitions, as queries lock them, and the sequences that move with a table last. */
    private List<Relation> withSequences(List<Placed> placed) {
        List<String> schemas = new ArrayList<>();
        List<String> names = new ArrayList<>();
        placed.forEach(relation -> {
            schemas.add(relation.schema());
            names.add(relation.name());
        });
        return session.query(
                """
                WITH moving AS (
                  SELECT c.oid
                  FROM unnest(?::text[], ?::text[]) AS w (schema, name)
                  JOIN pg_namespace n ON n.nspname = w.schema
                  JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = w.name
                ),
                locked AS (
                  SELECT oid
                  FROM moving
                  UNION
                  SELECT d.objid
                  FROM moving m
                  JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = m.oid
                  JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
                  WHERE d.classid = 'pg_class'::regclass
                    AND d.deptype IN ('a', 'i')
                )
                SELECT n.nspname, c.relname, pg_get_userbyid(c.relowner)
                FROM locked
                JOIN pg_class c ON c.oid = locked.oid
                JOIN pg_namespace n ON n.oid = c.relnamespace
                ORDER BY c.relkind = 'S',
                         CASE WHEN c.relispartition THEN (SELECT count(*) FROM pg_partition_ancestors(c.oid)) ELSE 0 END,
                         n.nspname,
                         c.relname
                """,
                row -> new Relation(row.getString(1), row.getString(2), row.getString(3)),
                schemas,
                names);
    }

    /**
     * Who held the locks that were not to be had, as far as the login may see.
     *
     * @return one text each; none where they have let go by now
     */
    public List<String> holders(Collection<Change> changes) {
        List<Placed> placed = changes.stream().flatMap(change -> stands(change).stream()).toList();
        return placed.isEmpty() ? List.of() : new LockHolders(session).of(
                placed.stream().map(Placed::schema).toList(), placed.stream().map(Placed::name).toList());
    }
}
