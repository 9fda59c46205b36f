package io.provision.apply;

import io.provision.apply.Outcome.Failure;
import io.provision.plan.Change;
import io.provision.plan.Plan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The order of an {@code init}, in which whatever need not wait goes on beside the rest:
 *
 * <ul>
 *   <li>The intents of all instances are committed before any of this.
 *   <li>One session makes the roles, chunk by chunk, what several instances share first. Another one sees to Redis
 *       meanwhile, which knows nothing of roles: it sets all users, and then tries the namespaces, as them; then come
 *       the shared folders.
 *   <li>When Redis is through and the first chunk is committed, what is shared is done, and its intent is closed, by
 *       whichever of the two is the later one. Instances begin after that: what fails before it has everything undone,
 *       because all of them need it.
 *   <li>An instance may begin from then on, as soon as its own roles are committed with the others of their chunk. So
 *       its Redis user and its namespace are known to be good before its own transaction begins.
 *   <li>Both sessions go on with instances, as all others do, when they are done with what is theirs.
 * </ul>
 *
 * With one session ({@code --parallel 1}) the same is done one after the other, Redis first.
 *
 * <p>Where the roles of a later chunk cannot be made, the instances that have all of theirs are brought to their end,
 * as beside an instance that fails ({@code postgres.md}, "Atomic, resumable, alone"), but for {@code --fail-fast}; the
 * others are undone, and told. Whoever waits for the queue has no transaction open, and whoever feeds it ends it:
 * nobody waits for ever.
 */
final class SharedFirst {

    private final RunParts run;
    private final RunContext context;
    private final Plan plan;
    private final SharedWork shared;
    private final MadeRoles roles = new MadeRoles();
    private final List<RoleChunk> chunks;
    private final InstanceQueue queue;
    private final InstancePhase instances;
    private final List<Throwable> faults = new CopyOnWriteArrayList<>();

    /** Redis, and the first of the roles. */
    private final AtomicInteger stillBefore = new AtomicInteger(2);

    SharedFirst(RunParts run, Plan plan) {
        this.run = run;
        this.context = run.context();
        this.plan = plan;
        this.shared = new SharedWork(run, plan);
        this.chunks = RoleChunk.of(plan);
        this.queue = new InstanceQueue(plan);
        this.instances = new InstancePhase(run, queue, roles);
    }

    void apply() {
        run.progress().begins(queue.left().size());
        new Workers(context, run.results()).together(parts(InstancePhase.sessions(context, queue)));
        if (queue.isOpen()) {
            List<Failure> left = instances.leaveOut(faults.stream().findFirst());
            tell(left.stream().allMatch(Failure::undone));
            left.forEach(run.results()::failed);
        } else {
            undoAll();
        }
    }

    private List<Runnable> parts(int sessions) {
        WorkTransaction first = new WorkTransaction(context);
        WorkTransaction second = sessions > 1 ? new WorkTransaction(context) : first;
        Runnable makingRoles = () -> makeRoles(first);
        Runnable inRedis = () -> seeToRedis(second);
        if (sessions == 1) {
            return List.of(inSequence(inRedis, makingRoles, () -> instances.work(first)));
        }
        List<Runnable> parts = new ArrayList<>();
        parts.add(inSequence(makingRoles, () -> instances.work(first)));
        parts.add(inSequence(inRedis, () -> instances.work(second)));
        parts.addAll(Collections.nCopies(sessions - 2, () -> instances.work(new WorkTransaction(context))));
        return parts;
    }

    private static Runnable inSequence(Runnable... parts) {
        return () -> List.of(parts).forEach(Runnable::run);
    }

    private void makeRoles(WorkTransaction transaction) {
        if (queue.isCutShort()) {
            return;
        }
        boolean first = without(queue::shut, () -> {
            run.passwords().awaitPrepared();
            make(chunks.get(0), transaction);
            openIfLast(transaction);
        });
        if (first) {
            without(queue::cutShort, () -> makeFurther(transaction));
        }
        queue.end();
    }

    private void makeFurther(WorkTransaction transaction) {
        for (RoleChunk chunk : chunks.subList(1, chunks.size())) {
            if (queue.isCutShort() || instances.stops()) {
                return;
            }
            make(chunk, transaction);
        }
    }

    private void make(RoleChunk chunk, WorkTransaction transaction) {
        new RolePhase(context, run.direction()).apply(transaction, chunk.changes(), roles);
        queue.add(chunk.instances());
    }

    private void seeToRedis(WorkTransaction transaction) {
        without(queue::shut, () -> {
            run.redis().setUsers(transaction, plan.changes());
            run.redis().tryNamespaces(plan.changes());
            shared.applyOutside(transaction);
            openIfLast(transaction);
        });
    }

    private void openIfLast(WorkTransaction transaction) {
        if (stillBefore.decrementAndGet() == 0) {
            shared.close(transaction);
            run.results().applied(roles.of(Change.SHARED));
            queue.open();
        }
    }

    /**
     * @param failing done where the work fails; the fault is told in the end
     * @return whether it did not
     */
    private boolean without(Runnable failing, Runnable work) {
        try {
            work.run();
            return true;
        } catch (RuntimeException | Error e) {
            failing.run();
            faults.add(e);
            if (e instanceof Error) {
                run.results().broken(e);
                context.interruption().interrupt();
            }
            return false;
        }
    }

    private void undoAll() {
        boolean known = faults.stream().noneMatch(FateUnknown.class::isInstance);
        tell(known && run.undoAll(plan, shared, roles.all(), faults.get(0)));
    }

    /** Of an interruption, which stops both, once. */
    private void tell(boolean undone) {
        faults.stream()
                .limit(context.interruption().happened() ? 1 : faults.size())
                .forEach(e -> run.results().failed(Change.SHARED, e, undone));
    }
}
