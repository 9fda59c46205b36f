package io.provision.manifest;

import io.provision.naming.Identity;
import io.provision.naming.NamingRule;
import io.provision.naming.Stems;
import io.provision.problem.Suggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads of each instance only what its names are made from; also of instances that the manifest does not list. */
final class NameSettingsReader {

    private final Settings root;
    private final Layers layers;
    private final InstanceReader reader;
    private final Faults faults;

    NameSettingsReader(Settings root, Layers layers, InstanceReader reader, Faults faults) {
        this.root = root;
        this.layers = layers;
        this.reader = reader;
        this.faults = faults;
    }

    List<NameSettings> read(Map<String, Optional<String>> further) {
        List<NameSettings> names = new ArrayList<>();
        ServiceFinder finder = new ServiceFinder(layers.stems(), faults);
        root.below("instances").entries().forEach((name, entry) -> {
            if (entry.value() instanceof Value.Mapping own) {
                Settings said = new Settings(own, entry.place());
                finder.find(name, said.scalar("service"), entry.place())
                        .flatMap(service -> names(Identity.of(service, name),
                                new Settings(Cascade.lay(layers.of(Optional.of(service)), own), entry.place())))
                        .ifPresent(names::add);
            }
        });
        further.forEach((name, service) -> service.or(() -> byStem(name))
                .flatMap(s -> names(Identity.of(s, name),
                        new Settings(layers.of(Optional.of(s)), root.place())))
                .ifPresent(names::add));
        return names;
    }

    private Optional<String> byStem(String instance) {
        List<String> fitting = new Stems(layers.stems()).servicesFor(instance);
        if (fitting.size() == 1) {
            return Optional.of(fitting.get(0));
        }
        faults.error(root.place(), "the manifest does not list `" + instance + "`, and "
                + (fitting.isEmpty() ? "no service's stem fits its name" : "several services' stems fit its name: "
                        + String.join(", ", fitting)),
                "say its service with --service; or: "
                + Suggestion.remedy(instance, root.below("instances").entries().keySet()));
        return Optional.empty();
    }

    private Optional<NameSettings> names(Identity identity, Settings settings) {
        NamingRule rule = InstanceReader.rule(settings.text("naming"));
        return reader.adapter(settings, rule).map(adapter -> new NameSettings(
                identity,
                rule,
                adapter,
                InstanceReader.overrides(settings),
                reader.volumesAsWritten(settings, identity),
                settings.texts("legacy_schemas"),
                settings.texts("legacy_namespaces"),
                settings.texts("shares_namespace_with")));
    }
}
