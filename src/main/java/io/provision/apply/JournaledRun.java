package io.provision.apply;

import io.provision.journal.ChangeEntry;
import io.provision.plan.Change;
import java.util.List;
import java.util.Optional;

/**
 * Applies a plan under the run's lock: the intent of every instance is journaled and committed first; what is done then
 * has the order of {@link SharedFirst} or of {@link SharedLast}.
 */
final class JournaledRun {

    private final RunContext context;
    private final Direction direction;
    private final UserPhase users;
    private final Stores stores;
    private final Passwords passwords;
    private final Progress progress;
    private final RunResults results;

    /**
     * @param direction where it goes
     * @param users what it does to Redis users
     * @param results gathers what comes of it
     */
    JournaledRun(
            RunContext context,
            Direction direction,
            UserPhase users,
            Stores stores,
            Passwords passwords,
            Progress progress,
            RunResults results) {
        this.results = results;
        this.context = context;
        this.direction = direction;
        this.users = users;
        this.stores = stores;
        this.passwords = passwords;
        this.progress = progress;
    }

    Outcome apply(Task task) {
        RunJournal journal = new RunJournal(context, results);
        journal.begin(task);
        RedisWork redis = new RedisWork(users, stores, passwords, left(task));
        RunParts run = new RunParts(context, direction, users, redis, passwords, progress, results);
        if (direction.sharedFirst()) {
            new SharedFirst(run, task.plan()).apply();
        } else {
            new SharedLast(run, task.plan()).apply();
        }
        // What was taken back meanwhile is to be gone after a restart, too.
        users.persist();
        journal.finish();
        return results.outcome(Optional.of(context.run().id()), context.interruption().happened());
    }

    /** What killed runs meant to do. */
    private static List<Change> left(Task task) {
        return task.left().stream()
                .flatMap(found -> found.intent().changes().stream())
                .map(ChangeEntry::change)
                .toList();
    }
}
