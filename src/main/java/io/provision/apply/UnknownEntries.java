package io.provision.apply;

import io.provision.plan.rollback.Remark;
import io.provision.redis.KeySurvey;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Entries in discovery that end in the name of an instance that is rolled back, is listed no more, and whose user's
 * rules do not tell its own: on 6.2, and with {@code redis.acl: off}. They may be another ecosystem's, and stay.
 */
final class UnknownEntries {

    private final Set<String> instances;
    private final Set<String> others;

    /**
     * @param unlisted who is rolled back and listed no more
     * @param going the entries that go
     * @param listed those of the manifest's instances
     */
    UnknownEntries(Collection<String> unlisted, Collection<String> going, Collection<String> listed) {
        instances = new TreeSet<>(unlisted);
        instances.removeIf(name -> going.stream().anyMatch(key -> isNamed(key, name)));
        others = Set.copyOf(listed);
    }

    private static boolean isNamed(String key, String instance) {
        return key.endsWith(":" + instance);
    }

    /** Those that a survey came upon. */
    List<Remark> kept(KeySurvey keys) {
        return instances.stream()
                .flatMap(name -> keys.discoveryKeys().stream()
                        .filter(key -> isNamed(key, name) && !others.contains(key))
                        .map(key -> kept(name, key)))
                .toList();
    }

    private static Remark kept(String instance, String key) {
        return new Remark(
                instance,
                "key " + key,
                "the manifest does not list %s any more, and nothing tells whether this entry in discovery is its own"
                        .formatted(instance),
                "delete it in Redis, if it is");
    }

    /** What a survey that did not see everything leaves open, in sentences. */
    List<String> notes(KeySurvey keys) {
        return keys.hidden().isEmpty() && keys.complete() && keys.moreDiscoveryKeys() == 0
                ? List.of()
                : instances.stream()
                        .map(("whether %s, which is not listed any more, has an entry in discovery is not known:"
                                + " it stays")::formatted)
                        .toList();
    }
}
