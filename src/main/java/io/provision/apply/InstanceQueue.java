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

    /** Whether more are added; it goes from one to a later one alone. */
    private enum Feed { GOES_ON, ENDED, CUT_SHORT, SHUT }

    private final Map<String, List<Change>> left;
    private final Queue<String> ready = new ArrayDeque<>();
    private boolean open;
    private Feed feed = Feed.GOES_ON;

    /** None may be begun yet. */
    InstanceQueue(Plan plan) {
        left = new LinkedHashMap<>(plan.byInstance());
        left.remove(Change.SHARED);
    }

    /** All may be begun. */
    static InstanceQueue ofAll(Plan plan) {
        InstanceQueue queue = new InstanceQueue(plan);
        queue.add(queue.left.keySet());
        queue.open();
        queue.end();
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

    /** None is added any more. */
    void end() {
        become(Feed.ENDED);
    }

    /** The same, because something failed; those that were added may still be begun. */
    void cutShort() {
        become(Feed.CUT_SHORT);
    }

    /** None may be begun, because something failed that all of them need. */
    void shut() {
        become(Feed.SHUT);
    }

    private synchronized void become(Feed later) {
        if (later.compareTo(feed) > 0) {
            feed = later;
            notifyAll();
        }
    }

    synchronized boolean isOpen() {
        return open;
    }

    synchronized boolean isCutShort() {
        return feed.compareTo(Feed.CUT_SHORT) >= 0;
    }

    /** Waits until there is one that may be begun, or never will be; whether there was one. */
    synchronized boolean await() {
        boolean interrupted = false;
        while (feed != Feed.SHUT && !(open && (feed != Feed.GOES_ON || !ready.isEmpty()))) {
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
}
