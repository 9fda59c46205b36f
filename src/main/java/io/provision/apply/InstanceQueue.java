package io.provision.apply;

import io.provision.plan.Change;
import io.provision.plan.Plan;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/**
 * The instances of a run that nobody has begun, and which of them may be begun: those whose roles are committed, from
 * when what all of them need is done. Who waits here has no transaction open, because others may wait for that one.
 */
final class InstanceQueue {

    private final Map<String, List<Change>> left;
    private final Queue<String> ready = new ArrayDeque<>();
    private int feeders;
    private boolean open;

    /**
     * None may be begun yet.
     *
     * @param feeders how many will {@link #end}, whatever happens to them; until then, they may add instances, or open
     */
    InstanceQueue(Plan plan, int feeders) {
        left = new LinkedHashMap<>(plan.byInstance());
        left.remove(Change.SHARED);
        this.feeders = feeders;
    }

    /** All may be begun. */
    static InstanceQueue ofAll(Plan plan) {
        InstanceQueue queue = new InstanceQueue(plan, 0);
        queue.add(queue.left.keySet());
        queue.open();
        return queue;
    }

    /** May be begun as soon as the queue is open: what was to be done before for these alone is committed. */
    synchronized void add(Collection<String> instances) {
        ready.addAll(instances);
        notifyAll();
    }

    /** What all of them need is done. */
    synchronized void open() {
        open = true;
        notifyAll();
    }

    /** One feeder has done what it could. */
    synchronized void end() {
        feeders--;
        notifyAll();
    }

    synchronized boolean isOpen() {
        return open;
    }

    /** Whether there is none that may be begun, and never will be. */
    synchronized boolean isOver() {
        return !mayBegin() && feeders == 0;
    }

    /** Waits until there is one that may be begun, or never will be; whether there was one. */
    synchronized boolean await() {
        boolean interrupted = false;
        while (!mayBegin() && feeders > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                // Whoever is to stop the run does it by its Interruption; whatever is waited for then ends soon.
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return mayBegin();
    }

    private boolean mayBegin() {
        return open && !ready.isEmpty();
    }

    /** Empty where another one has taken the last. */
    synchronized Optional<Map.Entry<String, List<Change>>> take() {
        return Optional.ofNullable(ready.poll()).map(instance -> Map.entry(instance, left.remove(instance)));
    }

    /** In the plan's order. */
    synchronized List<String> left() {
        return List.copyOf(left.keySet());
    }

    /** Whether it lacks nothing of its own. */
    synchronized boolean isReady(String instance) {
        return ready.contains(instance);
    }
}
