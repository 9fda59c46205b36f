package io.provision.apply;

import io.provision.manifest.Instance;
import io.provision.manifest.Manifest;
import io.provision.manifest.PasswordSource;
import io.provision.manifest.Reader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Somebody who logs in with a password that the manifest names a source of.
 *
 * @param instances whose it is, in order: several, where they have one on purpose, or one reader
 */
public record Credential(Kind kind, String name, PasswordSource source, SortedSet<String> instances) {

    /** Who it is. */
    public enum Kind {
        ROLE("the role"),
        USER("the Redis user"),
        READER("the reader");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    public Credential {
        instances = Collections.unmodifiableSortedSet(new TreeSet<>(instances));
    }

    /** All that a manifest has. */
    static List<Credential> of(Manifest manifest) {
        Map<String, List<Credential>> all = new TreeMap<>();
        for (Instance instance : manifest.instances()) {
            add(all, Kind.ROLE, instance.names().role(), instance.postgresPassword(), instance);
            if (manifest.redis().acl()) {
                add(all, Kind.USER, instance.names().redisUser(), instance.redisPassword(), instance);
            }
            for (Reader reader : instance.readers()) {
                add(all, Kind.READER, reader.role(), reader.password(), instance);
            }
        }
        return all.values().stream().map(Credential::ofAll).toList();
    }

    private static void add(
            Map<String, List<Credential>> all,
            Kind kind,
            String name,
            Optional<PasswordSource> source,
            Instance instance) {
        source.ifPresent(from -> all.computeIfAbsent(kind + " " + name, k -> new ArrayList<>())
                .add(new Credential(kind, name, from, new TreeSet<>(Set.of(instance.name())))));
    }

    /** One for all instances that have it. */
    private static Credential ofAll(List<Credential> same) {
        Credential last = same.get(same.size() - 1);
        SortedSet<String> instances = new TreeSet<>();
        same.forEach(credential -> instances.addAll(credential.instances));
        return new Credential(last.kind, last.name, last.source, instances);
    }

    boolean isOf(Collection<String> names) {
        return instances.stream().anyMatch(names::contains);
    }

    /** The instance that the journal has it under. */
    String instance() {
        return instances.first();
    }

    String words() {
        return kind.words + " " + name;
    }

    String sourceWords() {
        if (source instanceof PasswordSource.Environment env) {
            return "the variable " + env.variable();
        }
        return "the file " + (source instanceof PasswordSource.File file
                ? file.path()
                : ((PasswordSource.Generate) source).path());
    }
}
