package io.provision.manifest;

import io.provision.naming.Adapter;
import io.provision.naming.Identity;
import io.provision.naming.NamingRule;
import io.provision.naming.Overrides;
import io.provision.problem.Place;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What an instance's names are made from, and held against the others' with.
 *
 * @param volumes folder by kind, as written
 */
public record NameSettings(
        Identity identity,
        NamingRule naming,
        Adapter adapter,
        Overrides overrides,
        Map<String, String> volumes,
        List<String> legacySchemas,
        List<String> legacyNamespaces,
        List<String> sharesNamespaceWith) {

    public NameSettings {
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(naming, "naming");
        Objects.requireNonNull(adapter, "adapter");
        Objects.requireNonNull(overrides, "overrides");
        volumes = Collections.unmodifiableMap(new LinkedHashMap<>(volumes));
        legacySchemas = List.copyOf(legacySchemas);
        legacyNamespaces = List.copyOf(legacyNamespaces);
        sharesNamespaceWith = List.copyOf(sharesNamespaceWith);
    }

    /** What holds where there is no manifest. */
    public static NameSettings builtIn(Identity identity) {
        Settings settings = new Settings(BuiltIn.of(Keys.INSTANCE), Place.of(""));
        return new NameSettings(identity, NamingRule.COMPONENT, Adapter.of(NamingRule.COMPONENT), Overrides.NONE,
                new VolumeReader(Path.of(""), new Faults())
                        .asWritten(settings.below("volumes"), identity.instance()),
                List.of(), List.of(), List.of());
    }
}
