package io.provision.cli;

import io.provision.manifest.ManifestReader;
import io.provision.manifest.NameSettings;
import io.provision.naming.Adapter;
import io.provision.naming.AdapterEnvironment;
import io.provision.naming.Derivation;
import io.provision.naming.Identity;
import io.provision.naming.NameDeriver;
import io.provision.naming.Names;
import io.provision.naming.NamingRule;
import io.provision.naming.Overrides;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds what {@code derive} is about: the manifest's instances, named ones that it does not list, an environment. */
final class DeriveSubjects {

    private final Invocation invocation;
    private final List<String> names;
    private final Optional<String> service;
    private final boolean fromEnvironment;
    private final Optional<NamingRule> naming;
    private final List<Path> files;

    DeriveSubjects(Invocation invocation, List<String> names, Optional<String> service, boolean fromEnvironment,
            Optional<NamingRule> naming) {
        this.invocation = invocation;
        this.names = names.stream().distinct().toList();
        this.service = service;
        this.naming = naming;
        this.files = ManifestFiles.find(invocation);
        this.fromEnvironment = fromEnvironment || files.isEmpty() && names.isEmpty()
                && AdapterEnvironment.identityIn(environment()).isPresent();
    }

    /** All of the manifest, among them the chosen ones; these in the order of the command line. */
    List<Subject> find() {
        if (fromEnvironment) {
            return List.of(inEnvironment());
        }
        return files.isEmpty() ? withoutManifest() : inManifest();
    }

    private Map<String, String> environment() {
        return invocation.context().environment();
    }

    private List<Subject> inManifest() {
        Map<String, NameSettings> byName = new LinkedHashMap<>();
        for (NameSettings listed : ManifestReader.names(files, environment(), Map.of())) {
            byName.put(listed.identity().instance(), listed);
        }
        Map<String, Optional<String>> further = new LinkedHashMap<>();
        names.stream()
                .filter(name -> !byName.containsKey(name) || service.isPresent()
                        && !byName.get(name).identity().service().equals(service.get()))
                .forEach(name -> further.put(name, service));
        if (!further.isEmpty()) {
            List<NameSettings> all = ManifestReader.names(files, environment(), further);
            all.subList(byName.size(), all.size()).forEach(own -> byName.put(own.identity().instance(), own));
        }
        List<Subject> subjects = new ArrayList<>();
        names.forEach(name -> subjects.add(subject(byName.remove(name), true)));
        byName.values().forEach(settings -> subjects.add(subject(settings, names.isEmpty())));
        return subjects;
    }

    private List<Subject> withoutManifest() {
        if (service.isEmpty() || names.isEmpty()) {
            throw new ProvisionException(ExitCode.USAGE, Problem
                    .error("there is no manifest: no instances.yaml here, and PROVISION_MANIFEST is not set")
                    .remedy("name one with -f FILE; or say an instance and its --service; or set SERVICE_NAME"));
        }
        return names.stream()
                .map(name -> subject(NameSettings.builtIn(Identity.of(service.orElseThrow(), name)), true))
                .toList();
    }

    private Subject subject(NameSettings settings, boolean chosen) {
        Overrides overrides = naming.isPresent() ? Subject.stemAlone(settings.overrides()) : settings.overrides();
        NamingRule rule = naming.orElse(settings.naming());
        Derivation derivation = NameDeriver.derive(settings.identity(), rule, overrides, settings.volumes());
        return new Subject(settings.identity(), settings, rule, settings.adapter(), overrides, derivation, chosen,
                false);
    }

    private Subject inEnvironment() {
        Identity identity = AdapterEnvironment.identityIn(environment())
                .orElseThrow(() -> new ProvisionException(ExitCode.USAGE, Problem
                        .error("the environment does not say which service it is for")
                        .remedy("set SERVICE_NAME, and SERVICE_INSTANCE_NAME for an instance with a name of its own")));
        NameSettings settings = files.isEmpty() ? NameSettings.builtIn(identity) : settingsOf(identity);
        Adapter adapter = naming.filter(rule -> rule != settings.adapter().rule())
                .map(Adapter::of)
                .orElse(settings.adapter());
        Derivation derivation = withVolumes(AdapterEnvironment.derive(environment(), adapter), settings.volumes());
        return new Subject(identity, settings, adapter.rule(), adapter, settings.overrides(), derivation, true, true);
    }

    /** What the manifest says of an instance of this service, be it listed or not. */
    private NameSettings settingsOf(Identity identity) {
        Map<String, Optional<String>> further = Map.of(identity.instance(), Optional.of(identity.service()));
        List<NameSettings> all = ManifestReader.names(files, environment(), further);
        NameSettings own = all.get(all.size() - 1);
        return all.stream()
                .filter(listed -> listed.identity().instance().equals(identity.instance())
                        && listed.identity().service().equals(identity.service()))
                .findFirst()
                .orElse(own);
    }

    private static Derivation withVolumes(Derivation derivation, Map<String, String> volumes) {
        if (!(derivation instanceof Derivation.Derived derived)) {
            return derivation;
        }
        Names names = derived.names();
        return new Derivation.Derived(new Names(names.schema(), names.namespace(), names.role(), names.redisUser(),
                names.discoveryKey(), volumes), derived.stem(), derived.entity());
    }
}
