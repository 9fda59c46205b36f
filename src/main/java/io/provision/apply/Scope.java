package io.provision.apply;

import io.provision.manifest.Instance;
import io.provision.manifest.Manifest;
import io.provision.plan.SqlScript;
import io.provision.plan.Store;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a run is about.
 *
 * @param instances those of the manifest that were named, or all
 * @param stores those that {@code --only} names, or all
 * @param scripts the files of each {@code sql:} folder
 */
public record Scope(
        Manifest manifest, List<Instance> instances, Set<Store> stores, Map<Path, List<SqlScript>> scripts) {

    public Scope {
        Objects.requireNonNull(manifest, "manifest");
        instances = List.copyOf(instances);
        stores = Set.copyOf(stores);
        scripts = Map.copyOf(scripts);
    }
}
