package io.provision.manifest;

import io.provision.naming.Adapter;
import io.provision.naming.Identity;
import io.provision.naming.Names;
import io.provision.naming.NamingRule;
import io.provision.problem.Place;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One instance with everything that the cascade says of it ({@code manifest.md}, "Settings of an instance").
 *
 * @param stem the manifest's {@code stem:}
 * @param environment further variables, by name
 * @param place where the manifest lists it
 */
public record Instance(
        Identity identity,
        NamingRule naming,
        Adapter adapter,
        Optional<String> stem,
        Names names,
        Owner owner,
        List<String> legacySchemas,
        List<String> legacyNamespaces,
        List<String> sharesNamespaceWith,
        List<Reader> readers,
        Optional<PasswordSource> postgresPassword,
        Optional<PasswordSource> redisPassword,
        Migrate migrate,
        Optional<Path> sql,
        List<Volume> volumes,
        Ports ports,
        String composeService,
        Map<String, String> labels,
        Map<String, EnvironmentSetting> environment,
        boolean protect,
        Place place) {

    /** Who owns the schema, and what its {@code sql:} files make. */
    public enum Owner { ROLE, ADMIN }

    public Instance {
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(naming, "naming");
        Objects.requireNonNull(adapter, "adapter");
        Objects.requireNonNull(stem, "stem");
        Objects.requireNonNull(names, "names");
        Objects.requireNonNull(owner, "owner");
        legacySchemas = List.copyOf(legacySchemas);
        legacyNamespaces = List.copyOf(legacyNamespaces);
        sharesNamespaceWith = List.copyOf(sharesNamespaceWith);
        readers = List.copyOf(readers);
        Objects.requireNonNull(postgresPassword, "postgresPassword");
        Objects.requireNonNull(redisPassword, "redisPassword");
        Objects.requireNonNull(migrate, "migrate");
        Objects.requireNonNull(sql, "sql");
        volumes = List.copyOf(volumes);
        Objects.requireNonNull(ports, "ports");
        Objects.requireNonNull(composeService, "composeService");
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
        Objects.requireNonNull(place, "place");
    }

    public String name() {
        return identity.instance();
    }

    /** Its own namespace in Redis, and after it those of old, without the colon that follows them. */
    public List<String> namespaces() {
        return Stream.concat(Stream.of(names.namespace()), legacyNamespaces.stream()).toList();
    }
}
