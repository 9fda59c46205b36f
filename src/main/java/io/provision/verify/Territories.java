package io.provision.verify;

import io.provision.manifest.Instance;
import io.provision.plan.acl.KeyGlob;
import io.provision.plan.acl.PatternGrant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whose keys and channels are whose. What a pattern meets is found by what both begin with, not by going through all
 * instances.
 */
final class Territories {

    private final NavigableMap<String, Territory> keys = new TreeMap<>();
    private final NavigableMap<String, Territory> entries = new TreeMap<>();
    private final NavigableMap<String, Territory> channels = new TreeMap<>();

    /** By pattern, its sign before it: where everybody has the same wide one, it is held against all of them once. */
    private final Map<String, List<Territory>> met = new HashMap<>();
    private final Map<String, List<Territory>> metEntries = new HashMap<>();

    /** What can be somebody's. */
    enum Kind { KEYS, ENTRY, CHANNELS, EVENTS }

    /**
     * @param name what its names begin with; of a discovery entry, its key
     * @param owners several, where they share it on purpose
     */
    record Territory(Kind kind, String name, Set<String> owners) {

        String told() {
            return switch (kind) {
                case KEYS -> "the keys %s*".formatted(name);
                case ENTRY -> "the discovery entry " + name;
                case CHANNELS -> "the channels %s*".formatted(name);
                case EVENTS -> "the channels %s*, which show the names of others' keys".formatted(name);
            };
        }
    }

    /** @param databases those in which the instances' keys may be */
    Territories(Collection<Instance> instances, Set<Integer> databases) {
        Map<String, Set<String>> owners = new HashMap<>();
        for (Instance instance : instances) {
            instance.namespaces().forEach(namespace -> add(instance, namespace + ":", databases, owners));
            String entry = instance.names().discoveryKey();
            entries.put(entry, new Territory(Kind.ENTRY, entry, Set.of(instance.name())));
        }
        // One channel for each kind of change, with the names of everybody's keys.
        for (int database : databases) {
            String changes = "__keyevent@%d__:".formatted(database);
            channels.put(changes, new Territory(Kind.EVENTS, changes, Set.of(Breach.EVERY)));
        }
    }

    private void add(
            Instance instance, String prefix, Set<Integer> databases, Map<String, Set<String>> owners) {
        Set<String> own = owners.computeIfAbsent(prefix, p -> new LinkedHashSet<>());
        own.add(instance.name());
        keys.put(prefix, new Territory(Kind.KEYS, prefix, own));
        channels.put(prefix, new Territory(Kind.CHANNELS, prefix, own));
        // Where the server is told to, it publishes there what happens to keys.
        for (int database : databases) {
            String events = "__keyspace@" + database + "__:" + prefix;
            channels.put(events, new Territory(Kind.CHANNELS, events, own));
        }
    }

    /** The keys that several instances have on purpose: none of them is told as a way from one to the other. */
    List<Territory> shared() {
        return keys.values().stream().filter(territory -> territory.owners().size() > 1).toList();
    }

    List<Territory> ofKeys(PatternGrant grant) {
        return met.computeIfAbsent(grant.word(), word -> meeting(grant.glob(), keys));
    }

    List<Territory> ofChannels(PatternGrant grant) {
        return met.computeIfAbsent(grant.word(), word -> meeting(grant.glob(), channels));
    }

    List<Territory> ofEntries(PatternGrant grant) {
        return metEntries.computeIfAbsent(grant.word(), word -> beginning(grant.glob().literalPrefix(), entries)
                .filter(entry -> grant.glob().matches(entry.name()))
                .toList());
    }

    private static List<Territory> meeting(KeyGlob pattern, NavigableMap<String, Territory> all) {
        String begins = pattern.literalPrefix();
        Stream<Territory> around = IntStream.range(1, begins.length())
                .mapToObj(length -> all.get(begins.substring(0, length)))
                .filter(Objects::nonNull);
        return Stream.concat(around, beginning(begins, all))
                .filter(territory -> pattern.exampleUnder(territory.name()).isPresent())
                .toList();
    }

    private static Stream<Territory> beginning(String prefix, NavigableMap<String, Territory> all) {
        return all.subMap(prefix, true, prefix + Character.MAX_VALUE, false).values().stream();
    }
}
