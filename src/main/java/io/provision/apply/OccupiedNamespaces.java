package io.provision.apply;

import io.provision.manifest.Instance;
import io.provision.plan.Change;
import io.provision.plan.Plan;
import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.RedisResource.ValidatedNamespace;
import io.provision.plan.Store;
import io.provision.redis.KeySurvey;
import io.provision.redis.RedisStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Keys that stand already where a new instance will have its own, also those of others that lie in its namespaces
 * ({@code redis.md}, "Rules"). Counted in one pass for all new instances; where there is none, nobody is asked.
 */
final class OccupiedNamespaces {

    private final Scope scope;
    private final Optional<RedisStore> redis;
    private final Map<String, List<Instance>> owners;
    private final long bound;

    OccupiedNamespaces(Scope scope, Optional<RedisStore> redis) {
        this(scope, redis, RedisStore.USUAL_BOUND);
    }

    /** @param bound how many keys are looked at */
    OccupiedNamespaces(Scope scope, Optional<RedisStore> redis, long bound) {
        this.scope = scope;
        this.redis = redis;
        this.bound = bound;
        this.owners = owners(scope.manifest().instances());
    }

    private static Map<String, List<Instance>> owners(List<Instance> instances) {
        Map<String, List<Instance>> owners = new LinkedHashMap<>();
        instances.forEach(instance -> instance.namespaces().stream().distinct().forEach(
                namespace -> owners.computeIfAbsent(namespace, n -> new ArrayList<>()).add(instance)));
        return owners;
    }

    /** In sentences; none where nothing is new, or all of that is free. */
    List<String> told(Plan plan) {
        Set<String> fresh = fresh(plan);
        if (redis.isEmpty() || fresh.isEmpty()) {
            return List.of();
        }
        KeySurvey keys = redis.get().survey(owners.keySet(), bound);
        if (keys.hidden().isPresent()) {
            return List.of("whether there are keys in the new namespaces already is not known: the server says: "
                    + keys.hidden().get());
        }
        List<String> told = new ArrayList<>();
        for (Instance instance : scope.instances()) {
            long own = keys.keys().get(instance.names().namespace());
            if (fresh.contains(instance.names().namespace()) && own > 0) {
                told.add("%s already in the namespace of %s, which is new: %s:*"
                        .formatted(stand(own), instance.name(), instance.names().namespace()));
            }
        }
        owners.keySet().stream()
                .filter(inner -> keys.keys().get(inner) > 0)
                .forEach(inner -> told.addAll(within(inner, keys.keys().get(inner), fresh)));
        if (!keys.complete()) {
            told.add("there may be more keys in the new namespaces: only %d were looked at".formatted(keys.scanned()));
        }
        return told;
    }

    /** Those that are tried for the first time; without a journal, those of users that are to be made. */
    private Set<String> fresh(Plan plan) {
        Set<String> fresh = new HashSet<>();
        Map<String, List<Instance>> byUser = scope.instances().stream()
                .collect(Collectors.groupingBy(instance -> instance.names().redisUser()));
        plan.changes().stream().filter(Change::creates).map(Change::resource).forEach(made -> {
            if (made instanceof ValidatedNamespace validated) {
                fresh.add(validated.namespace());
            } else if (made instanceof AclUser user && !scope.stores().contains(Store.POSTGRES)) {
                byUser.getOrDefault(user.name(), List.of())
                        .forEach(instance -> fresh.add(instance.names().namespace()));
            }
        });
        return fresh;
    }

    /** Of the keys of one namespace, each new instance whose they are because it has another one around that. */
    private List<String> within(String inner, long count, Set<String> fresh) {
        List<String> told = new ArrayList<>();
        for (int colon = inner.indexOf(':'); colon >= 0; colon = inner.indexOf(':', colon + 1)) {
            String outer = inner.substring(0, colon);
            for (Instance instance : owners.getOrDefault(outer, List.of())) {
                if (fresh.contains(instance.names().namespace()) && !owners.get(inner).contains(instance)) {
                    told.add("%s, which is new, will own keys of %s too, %s: %s:* lies in %s:*".formatted(
                            instance.name(),
                            owners.get(inner).stream().map(Instance::name).collect(Collectors.joining(", ")),
                            count == 1 ? "1 of them" : count + " of them",
                            inner,
                            outer));
                }
            }
        }
        return told;
    }

    private static String stand(long count) {
        return count == 1 ? "1 key stands" : count + " keys stand";
    }
}
