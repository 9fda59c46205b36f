package io.provision.apply;

import io.provision.journal.ChangeEntry;
import io.provision.plan.Change;
import io.provision.plan.Resource;
import io.provision.plan.ResourceKind;
import io.provision.plan.Store;
import io.provision.postgres.LoginFacts;
import io.provision.postgres.Session;
import java.util.List;
import java.util.function.Consumer;

/**
 * Makes the roles of many instances in bulk, each journaled in the transaction that makes it: a CREATEROLE login's
 * cost per role grows with their number when roles and grants alternate ({@code postgres.md}, "Facts seen on
 * servers"). One session at a time makes them: from PostgreSQL 16 on, two that give memberships in the same role wait
 * for each other.
 */
final class RolePhase {

    /** Changes that go in one round trip. */
    private static final int TOGETHER = 50;

    private final RunContext context;
    private final Direction direction;

    RolePhase(RunContext context, Direction direction) {
        this.context = context;
        this.direction = direction;
    }

    /** Whether a change belongs to this phase: roles, memberships, and whatever several instances share. */
    static boolean covers(Change change) {
        return change.store() == Store.POSTGRES && covers(change.instance(), change.resource());
    }

    private static boolean covers(String instance, Resource resource) {
        return resource.kind() == ResourceKind.ROLE
                || resource.kind() == ResourceKind.MEMBERSHIP
                || instance.equals(Change.SHARED);
    }

    /** @param made is given the changes that were made, also when a later one fails */
    void apply(WorkTransaction transaction, List<Change> changes, MadeRoles made) {
        for (int from = 0; from < changes.size(); from += RoleChunk.LARGEST) {
            List<Change> chunk = changes.subList(from, Math.min(from + RoleChunk.LARGEST, changes.size()));
            made.add(transaction.commit(attempt -> applyChunk(
                    transaction,
                    attempt == 1 && direction.sharedFirst()
                            ? chunk
                            : direction.sharedAgain(transaction.session(), chunk))));
        }
    }

    /**
     * The same of no more than {@link RoleChunk#LARGEST}, after they were refused together with others: one by one, and
     * a lock that was waited for then is not waited for again.
     *
     * @param begins is told which is next
     */
    void applyApart(WorkTransaction transaction, List<Change> changes, MadeRoles made, Consumer<Change> begins) {
        made.add(transaction.commitWithoutWaiting(attempt -> {
            List<Change> now = direction.sharedAgain(transaction.session(), changes);
            keepOutOfTheLog(transaction.session(), context.facts());
            for (Change change : now) {
                begins.accept(change);
                context.statements().send(transaction.session(), change);
            }
            record(transaction, now);
            return now;
        }));
    }

    /** A verifier is no password, and still nothing for a log. Who is no superuser cannot turn the log off. */
    static void keepOutOfTheLog(Session session, LoginFacts facts) {
        if (facts.login().superuser()) {
            session.execute(
                    """
                    SET LOCAL log_statement = 'none';
                    SET LOCAL log_min_duration_statement = -1;
                    SET LOCAL log_min_error_statement = 'panic'
                    """);
        }
    }

    private List<Change> applyChunk(WorkTransaction transaction, List<Change> changes) {
        keepOutOfTheLog(transaction.session(), context.facts());
        for (int from = 0; from < changes.size(); from += TOGETHER) {
            context.statements().send(
                    transaction.session(), changes.subList(from, Math.min(from + TOGETHER, changes.size())));
        }
        record(transaction, changes);
        return changes;
    }

    private void record(WorkTransaction transaction, List<Change> changes) {
        List<ChangeEntry> entries =
                changes.stream().map(change -> context.texts().entry(change, List.of())).toList();
        transaction.session().run(c -> context.journal().record(c, context.run().id(), entries));
    }
}
