package io.provision.apply;

import io.provision.journal.ChangeEntry;
import io.provision.plan.Change;
import io.provision.plan.Plan;
import io.provision.plan.Store;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Applies a plan under the run's lock: the intent of every instance is journaled and committed first; then the Redis
 * users are set, and their namespaces tried; then what several share and the roles; then instance by instance the disk,
 * and one transaction in PostgreSQL.
 */
final class JournaledRun {

    private final RunContext context;
    private final Direction direction;
    private final UserPhase users;
    private final Stores stores;
    private final Passwords passwords;
    private final Progress progress;
    private final RunResults results;
    private final RunJournal journal;

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
        this.journal = new RunJournal(context, results);
    }

    Outcome apply(Task task) {
        Plan plan = task.plan();
        journal.begin(task);
        List<Change> outside = new ArrayList<>();
        List<Change> roles = new ArrayList<>();
        try {
            users.persistOf(left(task));
            phases(plan, outside, roles);
        } catch (FateUnknown e) {
            results.failed(Change.SHARED, e, false);
        } catch (RuntimeException | Error e) {
            undoAll(plan, outside, roles, e);
        }
        // What was taken back meanwhile is to be gone after a restart, too.
        users.persist();
        journal.finish();
        return results.outcome(Optional.of(context.run().id()), context.interruption().happened());
    }

    /** One session goes through all of them: to log in costs as much as an instance does. */
    private void phases(Plan plan, List<Change> outside, List<Change> roles) {
        WorkTransaction lead = new WorkTransaction(context);
        try {
            setUsers(lead, plan);
            if (direction.sharedFirst()) {
                NamespacePhase namespaces = NamespacePhase.validate(
                        stores, passwords, plan.changes().stream().map(Change::resource).toList());
                shared(lead, plan, namespaces, outside, roles);
                instances(lead, plan, namespaces, byInstance(roles));
            } else {
                instances(lead, plan, NamespacePhase.NONE, Map.of());
                shared(lead, plan, NamespacePhase.NONE, outside, roles);
            }
        } finally {
            lead.closeSession();
        }
    }

    private void setUsers(WorkTransaction lead, Plan plan) {
        if (plan.changes().stream().anyMatch(change -> change.store() == Store.REDIS)) {
            lead.alone(() -> users.apply(plan.changes()));
        }
    }

    /** What killed runs meant to do. */
    private static List<Change> left(Task task) {
        return task.left().stream()
                .flatMap(found -> found.intent().changes().stream())
                .map(ChangeEntry::change)
                .toList();
    }

    private void instances(
            WorkTransaction lead, Plan plan, NamespacePhase namespaces, Map<String, List<Change>> roles) {
        new InstancePhase(context, direction, users, progress, results, namespaces, roles).apply(lead, plan);
    }

    /** What several instances share, and all roles but those of instances that failed: they need them still. */
    private void shared(
            WorkTransaction lead,
            Plan plan,
            NamespacePhase namespaces,
            List<Change> outside,
            List<Change> roles) {
        List<Change> own = plan.byInstance().getOrDefault(Change.SHARED, List.of());
        new OutsideWork(users, results, namespaces).apply(lead, own, outside);
        Set<String> failed = results.failedInstances();
        passwords.awaitPrepared();
        new RolePhase(context, direction).apply(
                lead,
                plan.changes().stream()
                        .filter(change -> RolePhase.covers(change) && !failed.contains(change.instance()))
                        .toList(),
                roles);
        if (!own.isEmpty()) {
            new InstanceWork(context, direction, lead, Change.SHARED).commit(List.of(), () -> { }, outside);
            users.keep(Change.SHARED);
        }
        results.applied(outside);
        if (direction.sharedFirst()) {
            results.applied(roles.stream().filter(change -> change.instance().equals(Change.SHARED)).toList());
        } else {
            results.applied(roles);
        }
    }

    private static Map<String, List<Change>> byInstance(List<Change> roles) {
        Map<String, List<Change>> byInstance = new LinkedHashMap<>();
        roles.forEach(c -> byInstance.computeIfAbsent(c.instance(), i -> new ArrayList<>()).add(c));
        return byInstance;
    }

    private void undoAll(Plan plan, List<Change> outside, List<Change> roles, Throwable e) {
        // A role that was dropped comes back with the next init; its password was never known here.
        List<Change> made = direction.sharedFirst() ? roles : List.of();
        boolean undone = results.undone(
                "what was done for all instances",
                () -> results.kept(new Undo(context, users)
                        .undo(plan.byInstance().keySet(), outside, made, String.valueOf(e.getMessage()))));
        results.failed(Change.SHARED, e, undone);
    }
}
