package io.provision.status;

import io.provision.apply.Scope;
import io.provision.manifest.Instance;
import io.provision.redis.DiscoveryEntry;
import io.provision.redis.KeySurvey;
import io.provision.redis.RedisStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads discovery: the instances' own entries at once, others when they are known. */
final class DiscoveryLook {

    /** So many are read and told one by one; of the others it is told how many there are. */
    private static final int MOST_ORPHANS = 1_000;

    private final Scope scope;
    private final RedisStore redis;
    private final Function<String, Optional<Map<String, String>>> json;
    private final Map<String, DiscoveryEntry> own;

    /** @param json the fields of an object written as JSON, as text; empty where it is none */
    DiscoveryLook(Scope scope, RedisStore redis, Function<String, Optional<Map<String, String>>> json) {
        this.scope = scope;
        this.redis = redis;
        this.json = json;
        this.own = redis.discovery(keys(scope.instances())).stream()
                .collect(Collectors.toMap(DiscoveryEntry::key, Function.identity()));
    }

    private static Set<String> keys(List<Instance> instances) {
        return instances.stream().map(instance -> instance.names().discoveryKey()).collect(Collectors.toSet());
    }

    Seen<Optional<Registration>> of(Instance instance) {
        Optional<DiscoveryEntry> entry = Optional.ofNullable(own.get(instance.names().discoveryKey()));
        return entry.filter(DiscoveryEntry.Hidden.class::isInstance)
                .map(hidden -> Seen.<Optional<Registration>>unknown(((DiscoveryEntry.Hidden) hidden).why()))
                .orElseGet(() -> Seen.of(entry.map(found -> Registration.of(found, json))));
    }

    /** What the manifest does not account for, of all that a survey of the keys came upon. */
    Seen<Discovery> besides(KeySurvey keys) {
        if (keys.hidden().isPresent()) {
            return Seen.unknown("the server says: " + keys.hidden().orElseThrow());
        }
        Set<String> accounted = keys(scope.manifest().instances());
        List<String> others = keys.discoveryKeys().stream().filter(key -> !accounted.contains(key)).toList();
        List<String> told = others.subList(0, Math.min(others.size(), MOST_ORPHANS));
        List<Registration> orphans = redis.discovery(told).stream()
                .map(entry -> Registration.of(entry, json))
                .toList();
        return Seen.of(new Discovery(
                orphans, others.size() - told.size() + keys.moreDiscoveryKeys(), keys.complete()));
    }
}
