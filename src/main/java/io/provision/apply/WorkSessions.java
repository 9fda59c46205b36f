package io.provision.apply;

import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The sessions of a run's workers. A server, or a pool before it, may have fewer than are wanted: a worker without one
 * leaves, before it has begun anything, and the others do the work.
 */
final class WorkSessions {

    private final int wanted;
    private final BooleanSupplier over;
    private final Map<WorkTransaction, ProvisionException> refusals = new ConcurrentHashMap<>();
    private final Set<WorkTransaction> served = ConcurrentHashMap.newKeySet();

    /**
     * @param wanted one of each worker
     * @param over whether there is nothing left to do for who has none yet
     */
    WorkSessions(int wanted, BooleanSupplier over) {
        this.wanted = wanted;
        this.over = over;
    }

    int wanted() {
        return wanted;
    }

    /** Whether the worker has one now; where it has not, it is to leave. */
    boolean gives(WorkTransaction worker) {
        return gives(worker, w -> w.openSession(over));
    }

    /** The same, where the run cannot go on without it. */
    boolean givesLast(WorkTransaction worker) {
        return gives(worker, WorkTransaction::openOnlySession);
    }

    private boolean gives(WorkTransaction worker, Consumer<WorkTransaction> login) {
        try {
            login.accept(worker);
            served.add(worker);
            refusals.remove(worker);
            return true;
        } catch (ProvisionException e) {
            served.remove(worker);
            refusals.put(worker, e);
            return false;
        }
    }

    /** Why there were not as many as were wanted, where that is so. */
    Optional<ProvisionException> refusal() {
        return refusals.values().stream().findFirst();
    }

    /** In a sentence, where there were some, and fewer than were wanted. */
    List<String> told() {
        int got = served.size();
        return got == 0 ? List.of() : refusal().map(e -> fewer(got, e)).stream().toList();
    }

    private String fewer(int got, ProvisionException e) {
        return ("%d of the %d sessions that were wanted did the work: %s; have that limit raised, or ask for no more"
                        + " with `--parallel %d`")
                .formatted(got, wanted, reason(e), got);
    }

    /** Without what to do about it: the work was done. */
    private static String reason(ProvisionException e) {
        return e.problems().stream().map(Problem::message).collect(Collectors.joining("; "));
    }
}
