package io.provision.apply;

import io.provision.plan.Change;
import io.provision.plan.Plan;
import io.provision.plan.ResourceId;
import io.provision.postgres.DatabaseFailure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
        } catch (CommitInDoubt e) {
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
        instances.tellOfSessions();
    }

    /** All roles but those of instances that failed: they need them still. */
    private void rest(WorkTransaction lead) {
        shared.applyOutside(lead);
        Set<String> failed = run.results().failedInstances();
        takeRolesBack(
                lead,
                plan.changes().stream()
                        .filter(change -> RolePhase.covers(change) && !failed.contains(change.instance()))
                        .toList());
        shared.close(lead);
        run.results().applied(roles.all());
    }

    private void takeRolesBack(WorkTransaction lead, List<Change> changes) {
        RolePhase phase = new RolePhase(run.context(), run.direction());
        try {
            phase.apply(lead, changes, roles);
        } catch (DatabaseFailure e) {
            if (!RolesApart.mayHelp(e) || run.context().interruption().happened()) {
                throw e;
            }
            takeBackApart(new RolesApart(phase, roles), lead, changes);
        }
    }

    /** What several instances share goes last, as it came first. */
    private void takeBackApart(RolesApart apart, WorkTransaction lead, List<Change> changes) {
        Set<ResourceId> done = roles.all().stream().map(Change::target).collect(Collectors.toSet());
        Map<String, List<Change>> left = changes.stream()
                .filter(change -> !done.contains(change.target()))
                .collect(Collectors.groupingBy(Change::instance, LinkedHashMap::new, Collectors.toList()));
        List<Change> common = Optional.ofNullable(left.remove(Change.SHARED)).orElse(List.of());
        left.put(Change.SHARED, common);
        left.forEach((instance, own) -> apart.refusal(lead, own)
                .ifPresent(why -> run.results().failed(instance, why, false)));
    }
}
