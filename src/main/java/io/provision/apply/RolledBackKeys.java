package io.provision.apply;

import io.provision.manifest.Instance;
import io.provision.naming.Names;
import io.provision.plan.Change;
import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.RedisResource.ValidatedNamespace;
import io.provision.plan.rollback.NetChange;
import io.provision.plan.rollback.Remark;
import io.provision.plan.rollback.RollbackPlan;
import io.provision.problem.Counted;
import io.provision.problem.ProvisionException;
import io.provision.redis.DiscoveryEntry;
import io.provision.redis.KeySurvey;
import io.provision.redis.RedisStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The keys of instances that are rolled back, which the tool did not write ({@code redis.md}, "Rules"): an instance's
 * own entry in discovery goes with its namespace; what is in the namespace stays, unless data is to be discarded.
 */
final class RolledBackKeys {

    private final Scope scope;
    private final Optional<RedisStore> redis;
    private final boolean discardData;

    /** @param redis empty where it is left out; asked only where a namespace goes */
    RolledBackKeys(Scope scope, Optional<RedisStore> redis, boolean discardData) {
        this.scope = scope;
        this.redis = redis;
        this.discardData = discardData;
    }

    /** Tells what becomes of them; where Redis cannot be asked, that. */
    RollbackSurvey addTo(RollbackSurvey survey) {
        Map<String, String> going = going(survey.plan().changes());
        if (redis.isEmpty() || going.isEmpty()) {
            return survey;
        }
        try {
            Set<String> entries = discoveryKeys(survey, going);
            UnknownEntries unknown = new UnknownEntries(unlisted(going), entries, listedKeys());
            KeySurvey keys = redis.get().survey(known(going), RedisStore.USUAL_BOUND);
            RollbackPlan told = survey.rollback()
                    .noting(entries(redis.get(), entries))
                    .noting(unknown.notes(keys))
                    .with(unknown.kept(keys), List.of());
            return survey.with(with(told, going, keys));
        } catch (ProvisionException e) {
            return survey.with(survey.rollback().noting(List.of(
                    "which keys the instances have in Redis is not known: " + e.getMessage())));
        }
    }

    private static List<String> entries(RedisStore redis, Collection<String> keys) {
        return redis.discovery(keys).stream()
                .map(DiscoveryEntry::key)
                .map("%s goes from discovery, too"::formatted)
                .toList();
    }

    private RollbackPlan with(RollbackPlan rollback, Map<String, String> going, KeySurvey keys) {
        if (keys.hidden().isPresent()) {
            return rollback.noting(List.of("how many keys stay in Redis is not known: the server says: "
                    + keys.hidden().get()));
        }
        List<Remark> kept = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        going.forEach((namespace, instance) -> {
            long count = keys.keys().getOrDefault(namespace, 0L);
            String number = (keys.complete() ? "" : "at least ") + Counted.of(count, "key");
            if (discardData) {
                notes.add("all keys %s:* go (--discard-data): %s".formatted(namespace, number));
            } else if (count > 0) {
                kept.add(new Remark(
                        instance,
                        "keys %s:*".formatted(namespace),
                        "%s, and data stays".formatted(number),
                        "with --discard-data they go; once the rest is rolled back, delete them in Redis"));
            }
        });
        return rollback.noting(notes).with(kept, List.of());
    }

    /**
     * Takes away what goes with the namespaces that a run took back.
     *
     * @return what could not be taken away, in sentences
     */
    List<String> takeAway(RollbackSurvey survey, Collection<String> applied) {
        Set<String> done = new HashSet<>(applied);
        Map<String, String> gone = going(survey.plan().changes().stream()
                .filter(change -> done.contains(change.id()))
                .toList());
        if (redis.isEmpty() || gone.isEmpty()) {
            return List.of();
        }
        Set<String> entries = discoveryKeys(survey, gone);
        try {
            redis.get().delete(entries);
            if (discardData) {
                redis.get().discard(gone.keySet(), known(gone));
            }
            return List.of();
        } catch (ProvisionException e) {
            return List.of("keys of what was rolled back may still stand in Redis (%s%s): %s".formatted(
                    String.join(", ", entries),
                    discardData ? gone.keySet().stream().map(", %s:*"::formatted).collect(Collectors.joining()) : "",
                    e.getMessage()));
        }
    }

    /** The namespaces that are taken back, and whose each is. */
    private static Map<String, String> going(Collection<Change> changes) {
        return changes.stream()
                .filter(change -> change.resource() instanceof ValidatedNamespace && change.after().isEmpty())
                .collect(Collectors.toMap(
                        change -> ((ValidatedNamespace) change.resource()).namespace(),
                        Change::instance,
                        (one, other) -> one,
                        TreeMap::new));
    }

    /** All namespaces: a key is counted for the one that is nearest to it, which may stay. */
    private Set<String> known(Map<String, String> going) {
        return Stream.concat(
                        going.keySet().stream(),
                        scope.manifest().instances().stream().flatMap(instance -> instance.namespaces().stream()))
                .collect(Collectors.toSet());
    }

    /** As the manifest has them; of an instance that it does not list any more, as its user's rules have. */
    private Set<String> discoveryKeys(RollbackSurvey survey, Map<String, String> going) {
        Set<String> keys = new TreeSet<>();
        for (Instance instance : scope.manifest().instances()) {
            String whose = going.get(instance.names().namespace());
            if (instance.name().equals(whose) || Change.SHARED.equals(whose)) {
                keys.add(instance.names().discoveryKey());
            }
        }
        Set<String> unlisted = unlisted(going);
        survey.selection().nets().stream()
                .map(NetChange::resource)
                .filter(AclUser.class::isInstance)
                .flatMap(user -> ((AclUser) user).rules().root().keys().stream())
                .filter(rule -> rule.startsWith("~" + Names.DISCOVERY_PREFIX) && !rule.contains("*"))
                .map(rule -> rule.substring(1))
                .filter(key -> UnknownEntries.endings(key).anyMatch(unlisted::contains))
                .forEach(keys::add);
        return keys;
    }

    private Set<String> unlisted(Map<String, String> going) {
        Set<String> listed = scope.manifest().byName().keySet();
        return going.values().stream()
                .filter(name -> !name.equals(Change.SHARED) && !listed.contains(name))
                .collect(Collectors.toSet());
    }

    private List<String> listedKeys() {
        return scope.manifest().instances().stream().map(instance -> instance.names().discoveryKey()).toList();
    }
}
