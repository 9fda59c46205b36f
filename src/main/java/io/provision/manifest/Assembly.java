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

    /** @return empty when there is an error */
    Optional<Reading.Read> assemble(String file, String sha256, Supplier<List<Problem>> problems) {
        missing(root, Keys.ROOT);
        if (root.get("redis").filter(Value.Mapping.class::isInstance).isPresent()) {
            missing(root.below("redis"), Keys.REDIS);
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
        Manifest manifest = new Manifest(file, folder, root.text("ecosystem").orElseThrow(), sha256, postgres, redis,
                instances, problems.get());
        Map<String, Value.Entry> shown = new LinkedHashMap<>();
        shown.put("ecosystem", root.entries().get("ecosystem"));
        shown.put("postgres", new Value.Entry(postgresSettings.place(), postgresSettings.values()));
        shown.put("redis", new Value.Entry(redisSettings.place(), redisSettings.values()));
        return Optional.of(new Reading.Read(manifest,
                new Effective(new Value.Mapping(shown, root.place()), effective)));
    }

    private Settings builtIn(String key, Fields fields) {
        Settings said = root.below(key);
        Value laid = Cascade.lay(BuiltIn.of(fields), said.values(), fields);
        return new Settings((Value.Mapping) laid, said.place());
    }

    private void missing(Settings settings, Fields fields) {
        fields.keys().stream()
                .filter(key -> key.required() && settings.get(key.name()).isEmpty())
                .forEach(key -> faults.error(settings.place(), "`" + key.name() + "` is missing",
                        "add `" + key.name() + ":`. " + key.description()));
    }

    private List<Instance> instances(
            PostgresSettings postgres, RedisSettings redis, Map<String, Value.Mapping> effective) {
        Map<String, Value.Mapping> services = services();
        Map<String, Optional<String>> stems = new LinkedHashMap<>();
        services.forEach((name, settings) -> stems.put(name, new Settings(settings, settings.place()).text("stem")));
        ServiceFinder finder = new ServiceFinder(stems, faults);
        InstanceReader reader = new InstanceReader(folder, postgres.journalSchema(), faults);

        List<Draft> drafts = new ArrayList<>();
        root.below("instances").entries().forEach((name, entry) -> {
            if (!(entry.value() instanceof Value.Mapping own)
                    || new Settings(own, entry.place()).isBroken("service")) {
                return;
            }
            Optional<String> service = finder.find(name, new Settings(own, entry.place()).scalar("service"),
                    entry.place());
            service.ifPresent(s -> {
                Value.Mapping settings = Cascade.lay(services.get(s), own);
                effective.put(name, settings);
                reader.read(Identity.of(s, name), new Settings(settings, entry.place())).ifPresent(drafts::add);
            });
        });
        new ManifestChecks(drafts, root.below("instances").entries().keySet(), postgres, redis, faults).check();
        return drafts.stream().map(Draft::instance).toList();
    }

    /** What every instance's names are made from, and those of further ones. */
    List<NameSettings> names(Map<String, Optional<String>> further) {
        return new NameSettingsReader(root, defaults(), services(), new InstanceReader(folder, "", faults), faults)
                .read(further);
    }

    private Value.Mapping defaults() {
        return Cascade.lay(BuiltIn.of(Keys.INSTANCE), root.below("defaults").values());
    }

    private Map<String, Value.Mapping> services() {
        Value.Mapping defaults = defaults();
        Map<String, Value.Mapping> services = new LinkedHashMap<>();
        root.below("services").entries().forEach((name, entry) -> services.put(name,
                entry.value() instanceof Value.Mapping own ? Cascade.lay(defaults, own) : defaults));
        return services;
    }
}
