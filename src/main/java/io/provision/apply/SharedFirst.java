package io.provision.apply;

import io.provision.apply.Outcome.Failure;
import io.provision.plan.Change;
import io.provision.plan.Plan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

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
 * With one session ({@code --parallel 1}) the same is done one after the other, Redis first; and so it is, the roles
 * first, where the second one is not to be had.
 *
 * <p>Where roles cannot be made, the instances that have all of theirs are brought to their end, as beside an instance
 * that fails ({@code postgres.md}, "Atomic, resumable, alone"), but for {@code --fail-fast}; the others are undone, and
 * told. Whoever waits for the queue has no transaction open, and whoever feeds it ends it: nobody waits for ever.
 */
final class SharedFirst {

    private final RunParts run;
    private final RunContext context;
    private final Plan plan;
    private final SharedWork shared;
    private final MadeRoles roles = new MadeRoles();
    private final RunFaults faults = new RunFaults();
    private final InstanceQueue queue;
    private final InstancePhase instances;
    private final RoleFeed feed;

    /** What comes before the instances, for those workers that have a session first. */
    private final Queue<Consumer<WorkTransaction>> parts;

    private final AtomicInteger beginners;

    /** Redis, and the first of the roles. */
    private final AtomicInteger stillBefore = new AtomicInteger(2);

    SharedFirst(RunParts run, Plan plan) {
        this.run = run;
        this.context = run.context();
        this.plan = plan;
        this.shared = new SharedWork(run, plan);
        this.queue = new InstanceQueue(plan, 2);
        this.instances = new InstancePhase(run, queue, roles, faults);
        this.feed = new RoleFeed(
                new RolePhase(context, run.direction()), plan, queue, roles, faults, instances::stops);
        boolean alone = instances.sessions().wanted() == 1;
        this.parts = new ConcurrentLinkedQueue<>(
                alone ? List.of(this::seeToRedis, this::makeRoles) : List.of(this::makeRoles, this::seeToRedis));
        this.beginners = new AtomicInteger(alone ? 1 : parts.size());
    }

    void apply() {
        run.progress().begins(queue.left().size());
        List<Runnable> workers = workers();
        without(() -> new Workers(context.interruption(), run.results()).together(workers));
        if (queue.isOpen()) {
            List<Failure> left = instances.leaveOut();
            tell(left.stream().allMatch(Failure::undone));
            left.forEach(run.results()::failed);
        } else {
            undoAll();
        }
        instances.tellOfSessions();
    }

    private List<Runnable> workers() {
        List<Runnable> workers = new ArrayList<>(Collections.nCopies(beginners.get(), this::begin));
        workers.addAll(Collections.nCopies(
                instances.sessions().wanted() - beginners.get(),
                () -> instances.work(new WorkTransaction(context))));
        return workers;
    }

    /** Whoever has a session does what is left to do by another one that has none. */
    private void begin() {
        WorkTransaction transaction = new WorkTransaction(context);
        WorkSessions sessions = instances.sessions();
        if (has(() -> sessions.gives(transaction))) {
            work(transaction);
        } else if (beginners.decrementAndGet() == 0) {
            if (has(() -> sessions.givesLast(transaction))) {
                work(transaction);
            } else {
                sessions.refusal().ifPresent(faults::add);
                parts.forEach(part -> queue.end());
            }
        }
    }

    /** Not where that breaks, either: others wait for what nobody would do then. */
    private boolean has(BooleanSupplier session) {
        AtomicBoolean has = new AtomicBoolean();
        without(() -> has.set(session.getAsBoolean()));
        return has.get();
    }

    private void work(WorkTransaction transaction) {
        for (Consumer<WorkTransaction> part = parts.poll(); part != null; part = parts.poll()) {
            part.accept(transaction);
        }
        instances.work(transaction);
    }

    private void makeRoles(WorkTransaction transaction) {
        feeding(() -> {
            run.passwords().awaitPrepared();
            boolean goesOn = feed.makeFirst(transaction);
            openIfLast(transaction);
            if (goesOn) {
                feed.makeFurther(transaction);
            }
        });
    }

    private void seeToRedis(WorkTransaction transaction) {
        feeding(() -> {
            run.redis().setUsers(transaction, plan.changes());
            run.redis().tryNamespaces(plan.changes());
            shared.applyOutside(transaction);
            openIfLast(transaction);
        });
    }

    /** Nothing is begun any more where something failed that all instances need. */
    private void feeding(Runnable part) {
        if (faults.shared().isEmpty()) {
            without(part);
        }
        queue.end();
    }

    private void openIfLast(WorkTransaction transaction) {
        if (stillBefore.decrementAndGet() == 0) {
            shared.close(transaction);
            run.results().applied(roles.of(Change.SHARED));
            queue.open();
        }
    }

    /** A fault is told in the end. */
    private void without(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            faults.add(e);
            if (e instanceof Error) {
                run.results().broken(e);
                context.interruption().interrupt();
            }
        }
    }

    private void undoAll() {
        Throwable first = faults.shared().get(0);
        boolean undone = faults.areKnown() && run.undoAll(plan, shared, roles.all(), first);
        tell(undone);
        queue.left().forEach(instance -> faults.ofRoles(instance)
                .ifPresent(why -> run.results().failed(instance, why, undone)));
    }

    /** Of an interruption, which stops both, once. */
    private void tell(boolean undone) {
        faults.shared().stream()
                .limit(context.interruption().happened() ? 1 : Long.MAX_VALUE)
                .forEach(e -> run.results().failed(Change.SHARED, e, undone));
    }
}
