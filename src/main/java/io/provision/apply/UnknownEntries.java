package io.provision.apply;

import io.provision.plan.rollback.Remark;
import io.provision.redis.KeySurvey;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
        going.stream().flatMap(UnknownEntries::endings).forEach(instances::remove);
        others = Set.copyOf(listed);
    }

    /** What stands behind each of its colons: the name of an instance may have some, too. */
    static Stream<String> endings(String key) {
        return IntStream.range(0, key.length())
                .filter(place -> key.charAt(place) == ':')
                .mapToObj(place -> key.substring(place + 1));
    }

    /** Those that a survey came upon, by the instance. */
    List<Remark> kept(KeySurvey keys) {
        return keys.discoveryKeys().stream()
                .filter(key -> !others.contains(key))
                .flatMap(key -> endings(key).filter(instances::contains).map(name -> kept(name, key)))
                .sorted(Comparator.comparing(Remark::instance))
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
