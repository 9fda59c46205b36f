package io.provision.redis;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one pass over a server's keys shows. A key that the server moved meanwhile may count twice: that is how SCAN
 * is.
 *
 * @param keys how many each namespace has; a key belongs to the longest namespace that it begins with
 * @param discoveryKeys those of services that registered, sorted; of very many, the first ones that were seen
 * @param moreDiscoveryKeys how many others there are
 * @param scanned how many keys were looked at
 * @param complete whether all were looked at, or the bound came first
 * @param hidden the server's own words, where the login may not look
 */
public record KeySurvey(
        Map<String, Long> keys,
        List<String> discoveryKeys,
        long moreDiscoveryKeys,
        long scanned,
        boolean complete,
        Optional<String> hidden) {

    public KeySurvey {
        keys = Collections.unmodifiableMap(new TreeMap<>(keys));
        discoveryKeys = List.copyOf(discoveryKeys);
        Objects.requireNonNull(hidden, "hidden");
    }
}
