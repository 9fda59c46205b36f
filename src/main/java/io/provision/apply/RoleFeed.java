package io.provision.apply;

import io.provision.plan.Change;
import io.provision.plan.Plan;
import io.provision.postgres.DatabaseFailure;
import io.provision.problem.ProvisionException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Makes the roles of a run chunk by chunk, those of a chunk that is refused {@link RolesApart apart}, and feeds the
 * queue with the instances that have theirs.
 */
final class RoleFeed {

    private final RolePhase phase;
    private final RolesApart apart;
    private final List<RoleChunk> chunks;
    private final InstanceQueue queue;
    private final MadeRoles roles;
    private final RunFaults faults;
    private final BooleanSupplier stops;

    /**
     * @param roles is given what is made
     * @param faults is told of the instances whose roles are refused
     * @param stops whether nothing more is to be begun
     */
    RoleFeed(
            RolePhase phase,
            Plan plan,
            InstanceQueue queue,
            MadeRoles roles,
            RunFaults faults,
            BooleanSupplier stops) {
        this.phase = phase;
        this.apart = new RolesApart(phase, roles);
        this.chunks = RoleChunk.of(plan);
        this.queue = queue;
        this.roles = roles;
        this.faults = faults;
        this.stops = stops;
    }

    /**
     * What several instances share, and the roles of the first ones.
     *
     * @return whether there were any that could be made, or none to make
     */
    boolean makeFirst(WorkTransaction transaction) {
        return make(chunks.get(0), transaction);
    }

    /** Those of all others, until those of a whole chunk are refused: that is no single instance's fault. */
    void makeFurther(WorkTransaction transaction) {
        boolean goesOn = true;
        for (int i = 1; i < chunks.size() && goesOn; i++) {
            goesOn = faults.shared().isEmpty() && !stops.getAsBoolean() && make(chunks.get(i), transaction);
        }
    }

    private boolean make(RoleChunk chunk, WorkTransaction transaction) {
        try {
            phase.apply(transaction, chunk.changes(), roles);
            queue.add(chunk.instances());
            return true;
        } catch (DatabaseFailure e) {
            if (!RolesApart.mayHelp(e) || stops.getAsBoolean()) {
                throw e;
            }
            return makeApart(chunk, transaction);
        }
    }

    private boolean makeApart(RoleChunk chunk, WorkTransaction transaction) {
        Map<String, List<Change>> byInstance =
                chunk.changes().stream().collect(Collectors.groupingBy(Change::instance));
        makeShared(byInstance.getOrDefault(Change.SHARED, List.of()), transaction);
        boolean any = chunk.instances().isEmpty();
        for (String instance : chunk.instances()) {
            if (stops.getAsBoolean()) {
                break;
            }
            any |= make(instance, byInstance.getOrDefault(instance, List.of()), transaction);
        }
        return any;
    }

    /** No instance can do without it: why it is refused ends the run, and names what it is. */
    private void makeShared(List<Change> changes, WorkTransaction transaction) {
        apart.refusal(transaction, changes).ifPresent(why -> {
            throw why;
        });
    }

    private boolean make(String instance, List<Change> changes, WorkTransaction transaction) {
        Optional<ProvisionException> refusal = apart.refusal(transaction, changes);
        refusal.ifPresentOrElse(why -> faults.ofRoles(instance, why), () -> queue.add(List.of(instance)));
        return refusal.isEmpty();
    }
}
