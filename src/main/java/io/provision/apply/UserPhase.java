package io.provision.apply;

import io.provision.plan.Change;
import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.ResourceId;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.redis.RedisStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Sets and drops the Redis users of all instances, in a handful of round trips, before any table is locked; and
 * takes back those of instances that fail. May be asked by several threads.
 */
final class UserPhase {

    private final Optional<RedisStore> redis;
    private final Passwords passwords;
    private final RunResults results;
    private final boolean persists;
    private final Map<String, List<Change>> done = new HashMap<>();
    private final Map<ResourceId, Problem> problems = new HashMap<>();
    private final Set<String> made = new HashSet<>();
    private boolean unwritten;

    /** @param persists whether the servers are to write their users down */
    UserPhase(Optional<RedisStore> redis, Passwords passwords, RunResults results, boolean persists) {
        this.redis = redis;
        this.passwords = passwords;
        this.results = results;
        this.persists = persists;
    }

    /**
     * Does all changes of users among these; one that is refused is told when it is {@link #require required}.
     *
     * @throws ProvisionException UNREACHABLE, when a connection breaks; {@link #undo} takes back what was done by then
     */
    synchronized void apply(Collection<Change> changes) {
        List<Change> users = users(changes);
        if (users.isEmpty()) {
            return;
        }
        unwritten = true;
        // Until the answers are there, each may have been done.
        users.forEach(change -> done.computeIfAbsent(change.instance(), i -> new ArrayList<>()).add(change));
        problems.putAll(redis.orElseThrow().setUsers(users, passwords::redisHash));
        done.values().forEach(own -> own.removeIf(change -> problems.containsKey(change.target())));
        users.stream()
                .filter(change -> change.before().isEmpty() && !problems.containsKey(change.target()))
                .forEach(change -> made.add(((AclUser) change.resource()).name()));
        persist();
    }

    /** @return the names of the users who did not stand before this run set them */
    synchronized Set<String> made() {
        return Set.copyOf(made);
    }

    /** @throws ProvisionException where the change was refused */
    synchronized void require(Change change) {
        Problem problem = problems.get(change.target());
        if (problem != null) {
            throw new ProvisionException(ExitCode.FAILED, problem);
        }
    }

    /** What was done for an instance is not taken back any more. */
    synchronized void keep(String instance) {
        done.remove(instance);
    }

    /**
     * Takes back what was done for instances and not {@link #keep kept}.
     *
     * @throws ProvisionException where that fails
     */
    synchronized void undo(Collection<String> instances) {
        List<Change> back = new ArrayList<>();
        instances.forEach(instance -> done.getOrDefault(instance, List.of()).forEach(c -> back.add(c.inverse())));
        if (back.isEmpty()) {
            return;
        }
        Collections.reverse(back);
        unwritten = true;
        takeBack(back);
        instances.forEach(done::remove);
    }

    private void takeBack(List<Change> back) {
        List<Problem> failed = List.copyOf(redis.orElseThrow().setUsers(back, passwords::redisHash).values());
        if (!failed.isEmpty()) {
            throw new ProvisionException(ExitCode.FAILED, failed);
        }
    }

    /** Has the servers write down what they have not yet. That one cannot is no reason to take anything back. */
    synchronized void persist() {
        if (unwritten && persists) {
            try {
                results.warn(redis.orElseThrow().persistUsers());
            } catch (ProvisionException e) {
                results.warn(List.of("whether Redis users are as they were after its restart is not known: "
                        + e.getMessage()));
            }
        }
        unwritten = false;
    }

    /** The same after a run that was killed, and may not have come to it. */
    synchronized void persistOf(Collection<Change> left) {
        unwritten |= redis.isPresent() && !users(left).isEmpty();
        persist();
    }

    private static List<Change> users(Collection<Change> changes) {
        return changes.stream().filter(change -> change.resource() instanceof AclUser).toList();
    }
}
