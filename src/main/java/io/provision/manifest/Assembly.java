package io.provision.manifest;

import io.provision.manifest.Shape.Fields;
import io.provision.naming.Identity;
import io.provision.problem.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Makes a manifest of all files laid over each other: connections, then instances, then what holds among them. */
final class Assembly {

    private final Settings root;
    private final Path folder;
    private final Faults faults;

    Assembly(Settings root, Path folder, Faults faults) {
        this.root = root;
        this.folder = folder;
        this.faults = faults;
    }

    /**
     * @param variables that the files refer to
     * @return empty when there is an error
     */
    Optional<Reading.Read> assemble(Set<String> variables, Supplier<String> sha256, Supplier<List<Problem>> problems) {
        missing("", root, Keys.ROOT);
        if (root.get("redis").filter(Value.Mapping.class::isInstance).isPresent()) {
            missing("redis.", root.below("redis"), Keys.REDIS);
        }
        if (root.get("instances").filter(Value.Mapping.class::isInstance).isPresent()
                && root.below("instances").entries().isEmpty()) {
            faults.error(root.place("instances"), "`instances` lists none", "list one, such as `audit-correlator: {}`");
        }
        ConnectionReader connections = new ConnectionReader(folder, faults);
        Settings postgresSettings = builtIn("postgres", Keys.POSTGRES);
        Settings redisSettings = builtIn("redis", Keys.REDIS);
        PostgresSettings postgres = connections.postgres(postgresSettings);
        RedisSettings redis = connections.redis(redisSettings);

        Map<String, Value.Mapping> effective = new LinkedHashMap<>();
        List<Instance> instances = instances(postgres, redis, effective);
        if (faults.hasErrors()) {
            return Optional.empty();
        }
        Manifest manifest = new Manifest(
                folder,
                root.text("ecosystem").orElseThrow(),
                variables,
                sha256.get(),
                postgres,
                redis,
                instances,
                problems.get());
        return Optional.of(new Reading.Read(
                manifest, new Effective(connections(postgresSettings, redisSettings), effective)));
    }

    private Value.Mapping connections(Settings postgres, Settings redis) {
        Map<String, Value.Entry> shown = new LinkedHashMap<>();
        shown.put("ecosystem", root.entries().get("ecosystem"));
        shown.put("postgres", new Value.Entry(postgres.place(), postgres.values()));
        shown.put("redis", new Value.Entry(redis.place(), redis.values()));
        return new Value.Mapping(shown, root.place());
    }

    private Settings builtIn(String key, Fields fields) {
        Settings said = root.below(key);
        Value laid = Cascade.lay(BuiltIn.of(fields), said.values(), fields);
        return new Settings((Value.Mapping) laid, said.place());
    }

    private void missing(String path, Settings settings, Fields fields) {
        fields.keys().stream()
                .filter(key -> key.required() && settings.get(key.name()).isEmpty())
                .forEach(key -> faults.error(settings.place(), "`" + path + key.name() + "` is missing",
                        "add `" + key.name() + ":`. " + key.description()));
    }

    private List<Instance> instances(
            PostgresSettings postgres, RedisSettings redis, Map<String, Value.Mapping> effective) {
        Layers layers = layers();
        ServiceFinder finder = new ServiceFinder(layers.stems(), faults);
        InstanceReader reader = new InstanceReader(folder, postgres.journalSchema(), faults);
        Map<String, Value.Entry> listed = root.below("instances").entries();
        List<Draft> drafts = new ArrayList<>();
        listed.forEach((name, entry) -> Settings.as(Value.Mapping.class, entry.value()).ifPresent(own -> {
            Settings said = new Settings(own, entry.place());
            Optional<String> service = said.isBroken("service")
                    ? Optional.empty()
                    : finder.find(name, said.scalar("service"), entry.place());
            // Without its service what else is wrong with an instance can still be told.
            Identity identity = Identity.of(service.orElse(name), name);
            Value.Mapping settings = Cascade.lay(layers.of(service), own);
            effective.put(name, settings);
            drafts.add(reader.read(identity, new Settings(settings, entry.place()), service.isPresent()));
        }));
        new ManifestChecks(drafts, listed.keySet(), postgres, redis, faults).check();
        return drafts.stream().map(Draft::instance).toList();
    }

    /** What every instance's names are made from, and those of further ones. */
    List<NameSettings> names(Map<String, Optional<String>> further) {
        return new NameSettingsReader(root, layers(), new InstanceReader(folder, "", faults), faults).read(further);
    }

    private Layers layers() {
        Value.Mapping defaults = Cascade.lay(BuiltIn.of(Keys.INSTANCE), root.below("defaults").values());
        Map<String, Value.Mapping> services = new LinkedHashMap<>();
        root.below("services").entries().forEach((name, entry) -> services.put(name,
                entry.value() instanceof Value.Mapping own ? Cascade.lay(defaults, own) : defaults));
        return new Layers(defaults, services);
    }
}
