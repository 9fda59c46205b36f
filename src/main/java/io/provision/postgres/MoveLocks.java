package io.provision.postgres;

import io.provision.plan.Change;
import io.provision.plan.MigrationResource.CompatView;
import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.PostgresResource.ObjectGrants;
import io.provision.plan.PostgresResource.Schema;
import io.provision.plan.PostgresResource.SqlFile;
import io.provision.postgres.LockedRelations.Relation;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Takes the locks that the changes of one transaction need, all together and before any of them: one bounded wait for
 * the whole set, so that a writer on one table never waits for whoever holds another ({@code postgres.md}, "Never in
 * the way").
 */
public final class MoveLocks {

    private final Session session;
    private final Collection<Change> changes;
    private final Duration wait;
    private OptionalLong deadline = OptionalLong.empty();

    /**
     * @param changes those of the transaction; the ones that need no lock are passed over
     * @param wait for all locks together
     */
    public MoveLocks(Session session, Collection<Change> changes, Duration wait) {
        this.session = session;
        this.changes = List.copyOf(changes);
        this.wait = wait;
    }

    /** Whether something is moved that is in use, or makes room for it. */
    public static boolean moves(Change change) {
        return LockedRelations.placed(change).isPresent();
    }

    /**
     * Before the first change that needs a lock, all of them are taken; from 18 on, GRANT and REVOKE need one, too.
     * Some may still need one that cannot be taken by itself, such as a schema's: they have no longer for it than what
     * is left of the wait.
     *
     * @throws DatabaseFailure with {@link DatabaseFailure#lockNotToBeHad} when one of them is not to be had
     */
    public void before(Change change) {
        if (deadline.isPresent()) {
            boundWait(change);
        } else if (needsLock(change)) {
            deadline = OptionalLong.of(System.nanoTime() + wait.toNanos());
            take();
        }
    }

    private boolean needsLock(Change change) {
        return LockedRelations.touchedBy(change)
                || change.resource() instanceof ObjectGrants && changes.stream().anyMatch(LockedRelations::touchedBy);
    }

    /** What a file locks nobody knows: each of its statements has the whole time. */
    private void boundWait(Change change) {
        if (!(change.resource() instanceof Placement || change.resource() instanceof CompatView)) {
            long left = Duration.ofNanos(deadline.getAsLong() - System.nanoTime()).toMillis();
            long most = change.resource() instanceof SqlFile ? wait.toMillis() : Math.max(1, left);
            session.execute("SET LOCAL lock_timeout = " + most);
        }
    }

    private void take() {
        List<String> locking = new LockedRelations(session).of(changes).stream()
                .flatMap(relation -> relation.locking().stream())
                .toList();
        if (!locking.isEmpty()) {
            session.execute(block(locking, wait));
        }
    }

    private static String block(Collection<String> locking, Duration wait) {
        String statements =
                locking.stream().map(statement -> "    " + Sql.literal(statement)).collect(Collectors.joining(",\n"));
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

    /**
     * Who held the locks that were not to be had, as far as the login may see.
     *
     * @return one text each; none where they have let go by now
     */
    public List<String> holders() {
        if (changes.isEmpty()) {
            return List.of();
        }
        return new LockHolders(session).of(
                new LockedRelations(session).of(changes).stream().map(Relation::oid).toList(),
                changes.stream()
                        .filter(change -> change.after().isEmpty() && change.resource() instanceof Schema)
                        .map(change -> ((Schema) change.resource()).name())
                        .toList());
    }
}
