package io.provision.plan;

import io.provision.manifest.Instance;
import io.provision.manifest.Manifest;
import io.provision.plan.PostgresResource.Role;
import io.provision.plan.PostgresResource.Schema;
import io.provision.plan.acl.AclNode;
import io.provision.plan.acl.AllowList;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Says what a manifest's instances should have in the stores, for one login in one database. */
public final class DesiredState {

    private final SortedMap<ResourceId, Resource> resources = new TreeMap<>();
    private final Map<ResourceId, String> owners = new TreeMap<>();

    private DesiredState() {}

    /**
     * @param instances those of the manifest that the run is about
     * @param stores the stores that the run is about
     * @param scripts the files of each {@code sql:} folder
     * @param nodes the servers on which each instance has a user; none where no users are made
     */
    public static Desired of(
            Manifest manifest,
            Collection<Instance> instances,
            Set<Store> stores,
            Login login,
            Map<Path, List<SqlScript>> scripts,
            List<AclNode> nodes) {
        DesiredState desired = new DesiredState();
        if (stores.contains(Store.POSTGRES)) {
            new DesiredPostgres(desired, login, scripts, manifest.postgres().distribute()).add(instances);
        }
        if (stores.contains(Store.REDIS)) {
            instances.forEach(i ->
                    desired.add(i.name(), new RedisResource.ValidatedNamespace(i.names().namespace())));
            desired.addUsers(new AllowList(manifest.redis().commands()), instances, nodes);
        }
        if (stores.contains(Store.VOLUME)) {
            new DesiredFolders(desired, instances).add();
        }
        Mark mark = new Mark(manifest.ecosystem(), Change.SHARED, login.database());
        desired.markAll(mark);
        return new Desired(new State(desired.resources), desired.owners, mark);
    }

    private void addUsers(AllowList allowList, Collection<Instance> instances, List<AclNode> nodes) {
        Map<String, List<Instance>> byUser = instances.stream()
                .sorted(Comparator.comparing(Instance::name))
                .collect(Collectors.groupingBy(instance -> instance.names().redisUser()));
        for (AclNode node : nodes) {
            byUser.forEach((user, own) -> {
                RedisResource.AclUser wanted = new RedisResource.AclUser(user, node.name(), allowList.of(own, node));
                own.forEach(instance -> add(instance.name(), wanted));
            });
        }
    }

    /** Only when all was added is it known which instance a role or schema is marked with, or that several have it. */
    private void markAll(Mark mark) {
        resources.replaceAll((id, resource) -> {
            if (resource instanceof Role role) {
                return new Role(role.name(), comment(mark, id));
            }
            return resource instanceof Schema schema
                    ? new Schema(schema.name(), schema.owner(), schema.ownerStays(), comment(mark, id))
                    : resource;
        });
    }

    private Optional<String> comment(Mark mark, ResourceId id) {
        return Optional.of(new Mark(mark.ecosystem(), owners.get(id), mark.database()).text());
    }

    /** Adds a resource; one that two instances want alike belongs to both, and so is shared. */
    void add(String instance, Resource resource) {
        ResourceId id = resource.id();
        Resource other = resources.putIfAbsent(id, resource);
        if (other != null && !other.equals(resource)) {
            throw new IllegalArgumentException("two instances want a different " + id);
        }
        owners.merge(id, instance, (one, another) -> one.equals(another) ? one : Change.SHARED);
    }

    /** The instances of each role, by name whatever their order in the manifest: two may have one on purpose. */
    static Map<String, List<Instance>> byRole(Collection<Instance> instances) {
        List<Instance> inOrder = new ArrayList<>(instances);
        inOrder.sort((one, other) -> one.name().compareTo(other.name()));
        Map<String, List<Instance>> byRole = new HashMap<>();
        for (Instance instance : inOrder) {
            byRole.computeIfAbsent(instance.names().role(), role -> new ArrayList<>(1)).add(instance);
        }
        return byRole;
    }
}
