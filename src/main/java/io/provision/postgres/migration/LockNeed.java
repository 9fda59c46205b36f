package io.provision.postgres.migration;

import io.provision.postgres.Session;
import java.util.HashMap;
import java.util.Map;

/**
 * How many entries of the server's lock table an instance's transaction fills. Seen on 13 to 18: a move takes one for
 * the relation and one for each sequence that goes with it, none for indexes; a change of owner one for each index, the
 * TOAST table and its index, too; a view one for itself, one for its type and some for what it is made of.
 */
final class LockNeed {

    /** Schemas, roles, the journal's tables, advisory locks. */
    private static final int OTHERS = 50;

    private static final int FOR_A_VIEW = 5;

    private final Session session;
    private final Findings findings;

    LockNeed(Session session, Findings findings) {
        this.session = session;
        this.findings = findings;
    }

    void compare(MovingSet set, Attachments attachments) {
        Map<Route, Integer> needs = new HashMap<>();
        set.all().forEach(object -> needs.merge(object.route(), of(object), Integer::sum));
        for (Attachments.Attached attached : attachments.all()) {
            Moving relation = set.relation(attached.relation()).orElseThrow();
            boolean givenAway = !relation.owner().equals(relation.nextOwner());
            int need = switch (attached.kind()) {
                case SEQUENCE -> 1;
                case INDEX -> givenAway ? 1 : 0;
                case TOAST -> givenAway ? 2 : 0;
                default -> 0;
            };
            needs.merge(relation.route(), need, Integer::sum);
        }
        Capacity capacity = capacity();
        needs.forEach((route, need) -> judge(route, need + OTHERS, capacity));
    }

    private static int of(Moving object) {
        return object.route().compat() && object.isTable() ? 1 + FOR_A_VIEW : 1;
    }

    /** @param settings as the server says them */
    record Capacity(long locks, String settings) {}

    private Capacity capacity() {
        return session.query(
                        """
                        SELECT l.n * (c.n + p.n),
                               format('max_locks_per_transaction = %s, max_connections = %s, '
                                      'max_prepared_transactions = %s', l.n, c.n, p.n)
                        FROM (SELECT current_setting('max_locks_per_transaction')::bigint) l (n),
                             (SELECT current_setting('max_connections')::bigint) c (n),
                             (SELECT current_setting('max_prepared_transactions')::bigint) p (n)
                        """,
                        row -> new Capacity(row.getLong(1), row.getString(2)))
                .get(0);
    }

    void judge(Route route, int need, Capacity capacity) {
        if (need > capacity.locks()) {
            findings.refuse(
                    route,
                    "the move needs %d locks in one transaction, and the server has room for %d (%s)".formatted(
                            need, capacity.locks(), capacity.settings()),
                    "raise max_locks_per_transaction, which takes a restart, or move fewer tables at a time");
        } else if (2 * need > capacity.locks()) {
            findings.note(
                    route,
                    "the move needs %d locks in one transaction, of %d that the server has room for (%s)".formatted(
                            need, capacity.locks(), capacity.settings()));
        }
    }
}
