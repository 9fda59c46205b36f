package io.provision.postgres;

import io.provision.plan.Change;
import io.provision.plan.PostgresResource.ObjectGrants;
import io.provision.plan.PostgresResource.Schema;
import io.provision.plan.SqlFile;
import io.provision.plan.SqlObject;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Takes the locks that the changes of one transaction need, all together and before any of them: one bounded wait for
 * the whole set, so that a writer on one table never waits for whoever holds another ({@code postgres.md}, "Never in
 * the way"). What is dropped only if it is empty is locked and looked into before the rest is locked: a look at rows
 * that were deleted may take long.
 */
public final class MoveLocks {

    /** What a look under everybody's locks has, even where the locks took all the time. */
    private static final Duration LEAST_LOOK = Duration.ofMillis(50);

    /** A statement of its own for each of thousands of tables would take longer than what it bounds. */
    private static final long NEARLY_MILLIS = 20;

    private final Session session;
    private final Collection<Change> changes;
    private final Duration wait;
    private final Set<String> proven = new HashSet<>();
    private boolean taken;
    private boolean filesBegun;
    private long deadline;
    /** What the server has been told, in milliseconds; at first less than can be left. */
    private long bound = -NEARLY_MILLIS;

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
        return Touched.placed(change).isPresent();
    }

    /** Whether the changes of a transaction need locks that somebody else may have. */
    public static boolean among(Collection<Change> changes) {
        return changes.stream().anyMatch(Touched::by);
    }

    /**
     * Before the first change that needs a lock, all of them are taken; from 18 on, GRANT and REVOKE need one, too.
     * Some may still need one that cannot be taken by itself, such as a schema's: they have no longer for it than what
     * is left of the wait. What files lock nobody knows: they have the same time once more, all of them together.
     *
     * @return the change, without the proof that a table is empty where that was given
     * @throws DatabaseFailure with {@link DatabaseFailure#lockNotToBeHad} when one of them is not to be had
     */
    public Change before(Change change) {
        if (!taken && needsLock(change)) {
            taken = true;
            take();
        } else if (taken && !filesBegun && change.after().orElse(null) instanceof SqlFile) {
            filesBegun = true;
            deadline = System.nanoTime() + wait.toNanos();
        }
        if (taken && Math.abs(bound - left()) >= NEARLY_MILLIS) {
            boundWait();
        }
        return withoutProof(change);
    }

    private Change withoutProof(Change change) {
        return change.before().orElse(null) instanceof SqlObject object && proven.contains(object.identity())
                ? new Change(
                        change.instance(),
                        Optional.of(object.whateverIsInIt()),
                        change.after(),
                        change.reason(),
                        change.hazards())
                : change;
    }

    private boolean needsLock(Change change) {
        return Touched.by(change)
                || change.resource() instanceof ObjectGrants && among(changes);
    }

    /**
     * What is to be done before each statement of a file while locks are held: the one before it may have waited, and
     * have set how long that may take.
     */
    public Optional<Runnable> beforeEachOfFile() {
        return taken ? Optional.of(this::boundWait) : Optional.empty();
    }

    private void boundWait() {
        bound = left();
        session.execute("SET LOCAL lock_timeout = " + bound);
    }

    private long left() {
        return Math.max(1, Duration.ofNanos(deadline - System.nanoTime()).toMillis());
    }

    private void take() {
        Map<Boolean, List<LockedRelation>> relations = new LockedRelations(session)
                .of(changes).stream().collect(Collectors.partitioningBy(LockedRelation::first));
        deadline = System.nanoTime() + wait.toNanos();
        lock(relations.get(true));
        long looking = System.nanoTime();
        relations.get(true).forEach(relation -> relation.onlyEmpty().ifPresent(this::prove));
        deadline += System.nanoTime() - looking;
        lock(relations.get(false));
        relations.get(false).forEach(relation -> relation.onlyEmpty().ifPresent(this::proveInTime));
    }

    private void prove(String table) {
        session.execute(EmptyTable.guard(table));
        proven.add(table);
    }

    /** Where a part of what is moved may have rows, whoever writes to the whole waits for the look. */
    private void proveInTime(String table) {
        long most = Math.max(LEAST_LOOK.toMillis(), left());
        session.execute("SET LOCAL statement_timeout = " + most);
        try {
            prove(table);
        } catch (DatabaseFailure e) {
            throw e.cancelled() ? DatabaseFailure.lookTooLong(table, most) : e;
        }
        session.execute("SET LOCAL statement_timeout = 0");
    }

    private void lock(Collection<LockedRelation> relations) {
        List<String> locking =
                relations.stream().flatMap(relation -> relation.locking().stream()).toList();
        if (!locking.isEmpty()) {
            session.execute(block(locking, left()));
        }
    }

    private static String block(Collection<String> locking, long millis) {
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
                        END
                        """
                                .formatted(millis, statements));
    }

    /**
     * Who held the locks that were not to be had, as far as the login may see.
     *
     * @return one text each; none where they have let go since
     */
    public List<String> holders() {
        if (changes.isEmpty()) {
            return List.of();
        }
        return new LockHolders(session).of(
                new LockedRelations(session).of(changes).stream().map(LockedRelation::oid).toList(),
                changes.stream()
                        .filter(change -> change.after().isEmpty() && change.resource() instanceof Schema)
                        .map(change -> ((Schema) change.resource()).name())
                        .toList());
    }
}
