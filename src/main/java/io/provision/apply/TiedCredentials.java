package io.provision.apply;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Those who cannot be given a new password apart: whoever has an instance or a source in common, also by way of others.
 * Each such tie knows one that it belongs with, up to the one that stands for all of them.
 */
final class TiedCredentials {

    private final Map<Object, Object> belongsWith = new HashMap<>();

    private TiedCredentials() {}

    /** @return each group's in the reverse of their order; the groups in the order of the first one of each */
    static List<List<Credential>> groups(Collection<Credential> chosen) {
        TiedCredentials ties = new TiedCredentials();
        chosen.forEach(credential -> of(credential).forEach(tie -> ties.join(credential.source(), tie)));
        Map<Object, List<Credential>> groups = new LinkedHashMap<>();
        chosen.forEach(credential -> groups
                .computeIfAbsent(ties.head(credential.source()), head -> new ArrayList<>())
                .add(credential));
        groups.values().forEach(Collections::reverse);
        return List.copyOf(groups.values());
    }

    private static Stream<Object> of(Credential credential) {
        return Stream.concat(Stream.of(credential.source()), credential.instances().stream());
    }

    private void join(Object one, Object other) {
        belongsWith.put(head(one), head(other));
    }

    /** What it passes on the way is led half as far the next time, so that the ways stay short. */
    private Object head(Object tie) {
        Object at = tie;
        Object next = next(at);
        while (!next.equals(at)) {
            belongsWith.put(at, next(next));
            at = next;
            next = next(at);
        }
        return at;
    }

    private Object next(Object tie) {
        return belongsWith.getOrDefault(tie, tie);
    }
}
