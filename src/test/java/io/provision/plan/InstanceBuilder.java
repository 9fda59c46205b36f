package io.provision.plan;

import io.provision.manifest.Instance;
import io.provision.manifest.Manifest;
import io.provision.manifest.Migrate;
import io.provision.manifest.Ports;
import io.provision.manifest.PostgresSettings;
import io.provision.manifest.Reader;
import io.provision.manifest.RedisSettings;
import io.provision.manifest.Volume;
import io.provision.naming.Adapter;
import io.provision.naming.Identity;
import io.provision.naming.Names;
import io.provision.naming.NamingRule;
import io.provision.problem.Place;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Builds the instances of a test: what is not said is as plain as can be. */
final class InstanceBuilder {

    private final String name;
    private final String schema;
    private String role;
    private String namespace;
    private Instance.Owner owner = Instance.Owner.ROLE;
    private Optional<Path> sql = Optional.empty();
    private final List<String> legacySchemas = new ArrayList<>();
    private final List<Reader> readers = new ArrayList<>();
    private final List<Volume> volumes = new ArrayList<>();

    private InstanceBuilder(String name, String schema) {
        this.name = name;
        this.schema = schema;
        this.role = schema;
        this.namespace = schema;
    }

    static InstanceBuilder instance(String name, String schema) {
        return new InstanceBuilder(name, schema);
    }

    static Manifest manifest(List<Instance> instances) {
        return manifest(instances, false);
    }

    static Manifest manifest(List<Instance> instances, boolean distribute) {
        return new Manifest(
                Path.of("/etc/trading"),
                "trading-ecosystem",
                Set.of(),
                "0".repeat(64),
                new PostgresSettings(
                        Optional.empty(),
                        Optional.empty(),
                        distribute,
                        PostgresSettings.DEFAULT_JOURNAL_SCHEMA,
                        Optional.empty()),
                new RedisSettings(
                        List.of(RedisSettings.EMBEDDED), Optional.empty(), false, List.of(), Optional.empty()),
                instances,
                List.of());
    }

    InstanceBuilder role(String other) {
        role = other;
        return this;
    }

    InstanceBuilder namespace(String other) {
        namespace = other;
        return this;
    }

    InstanceBuilder owner(Instance.Owner other) {
        owner = other;
        return this;
    }

    InstanceBuilder legacySchema(String legacy) {
        legacySchemas.add(legacy);
        return this;
    }

    InstanceBuilder reader(String reader) {
        readers.add(new Reader(reader, Optional.empty()));
        return this;
    }

    InstanceBuilder sql(String folder) {
        sql = Optional.of(Path.of(folder));
        return this;
    }

    InstanceBuilder volume(String root, String folder, int mode) {
        return volume(root, folder, mode, Optional.empty());
    }

    InstanceBuilder volume(String root, String folder, int mode, Optional<String> folderOwner) {
        Path path = Path.of(root).resolve(folder);
        String kind = path.getFileName().toString();
        volumes.add(new Volume(kind, Path.of(root), path, mode, folderOwner, Optional.empty()));
        return this;
    }

    Instance build() {
        return new Instance(
                Identity.of(name, name),
                NamingRule.COMPONENT,
                Adapter.of(NamingRule.COMPONENT),
                Optional.empty(),
                new Names(schema, namespace, role, name, "services:" + name, Map.of()),
                owner,
                legacySchemas,
                List.of(),
                List.of(),
                readers,
                Optional.empty(),
                Optional.empty(),
                Migrate.NOTHING,
                sql,
                volumes,
                Ports.NONE,
                name,
                Map.of(),
                Map.of(),
                false,
                Place.of("instances.yaml"));
    }
}
