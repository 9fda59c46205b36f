package io.provision.apply;

import io.provision.plan.Change;
import io.provision.plan.Plan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * The order of a way back, in which nothing overlaps but the instances: Redis' users, because services must not come in
 * any more; the instances; and then what they needed, the roles and what several share.
 */
final class SharedLast {

    private final RunParts run;
    private final Plan plan;
    private final SharedWork shared;
    private final MadeRoles roles = new MadeRoles();

    SharedLast(RunParts run, Plan plan) {
        this.run = run;
        this.plan = plan;
        this.shared = new SharedWork(run, plan);
    }

    void apply() {
        // One worker keeps its session before and beside the others: to log in costs as much as an instance does.
        WorkTransaction lead = new WorkTransaction(run.context());
        try {
            run.redis().setUsers(lead, plan.changes());
            instances(lead);
            rest(lead);
        } catch (FateUnknown e) {
            run.results().failed(Change.SHARED, e, false);
        } catch (RuntimeException | Error e) {
            // A role that was dropped comes back with the next init; its password was never known here.
            run.results().failed(Change.SHARED, e, run.undoAll(plan, shared, List.of(), e));
        } finally {
            lead.closeSession();
        }
    }

    private void instances(WorkTransaction lead) {
        InstanceQueue queue = InstanceQueue.ofAll(plan);
        InstancePhase instances = new InstancePhase(run, queue, roles, new RunFaults());
        run.progress().begins(queue.left().size());
        List<Runnable> workers = new ArrayList<>();
        workers.add(() -> instances.work(lead));
        workers.addAll(Collections.nCopies(
                instances.sessions().wanted() - 1,
                () -> instances.work(new WorkTransaction(run.context()))));
        new Workers(run.context().interruption(), run.results()).together(workers);
        instances.leaveOut().forEach(run.results()::failed);
        run.results().warn(instances.sessions().told());
    }

    /** All roles but those of instances that failed: they need them still. */
    private void rest(WorkTransaction lead) {
        shared.applyOutside(lead);
        Set<String> failed = run.results().failedInstances();
        new RolePhase(run.context(), run.direction()).apply(
                lead,
                plan.changes().stream()
                        .filter(change -> RolePhase.covers(change) && !failed.contains(change.instance()))
                        .toList(),
                roles);
        shared.close(lead);
        run.results().applied(roles.all());
    }
}
