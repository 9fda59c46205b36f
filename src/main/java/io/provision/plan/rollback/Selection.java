package io.provision.plan.rollback;

import io.provision.plan.Change;
import io.provision.plan.PostgresResource.Role;
import io.provision.plan.PostgresResource.Schema;
import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.RedisResource.ValidatedNamespace;
import io.provision.plan.Resource;
import io.provision.plan.ResourceId;
import io.provision.plan.Store;
import io.provision.plan.VolumeResource.Folder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What of all that the tool left a rollback is about.
 *
 * @param nets what is to be undone, the newest first
 * @param staying what else the tool left
 * @param skipped what would belong to it, and was changed by a later run
 */
public record Selection(List<NetChange> nets, Staying staying, List<Remark> skipped) {

    public Selection {
        nets = List.copyOf(nets);
        Objects.requireNonNull(staying, "staying");
        skipped = List.copyOf(skipped);
    }

    /**
     * @param standing what the tool left, the newest first
     * @param names the instances; none is all
     * @param stores those that the rollback is about
     */
    public static Selection of(List<NetChange> standing, Set<String> names, Set<Store> stores) {
        return of(standing, standing, Map.of(), names, stores);
    }

    /**
     * The same of one run.
     *
     * @param recorded everything that the journal tells
     */
    public static Selection ofRun(
            String run, Collection<Recorded> recorded, Set<String> names, Set<Store> stores) {
        return of(
                Ledger.standing(recorded),
                Ledger.standingOf(recorded, run),
                Ledger.overtaking(recorded, run),
                names,
                stores);
    }

    private static Selection of(
            List<NetChange> standing,
            List<NetChange> concerned,
            Map<ResourceId, String> overtaking,
            Set<String> names,
            Set<Store> stores) {
        List<NetChange> chosen = concerned.stream()
                .filter(net -> stores.contains(net.target().store()))
                .filter(named(names, standing))
                .toList();
        List<Remark> skipped = new ArrayList<>();
        List<NetChange> nets = new ArrayList<>();
        for (NetChange net : chosen) {
            Optional.ofNullable(overtaking.get(net.target())).ifPresentOrElse(
                    later -> skipped.add(Remark.overtaken(net, later)),
                    () -> nets.add(net));
        }
        Set<ResourceId> undone = nets.stream().map(NetChange::target).collect(Collectors.toSet());
        return new Selection(
                nets,
                new Staying(standing.stream().filter(net -> !undone.contains(net.target())).toList()),
                skipped);
    }

    private static Predicate<NetChange> named(Set<String> names, List<NetChange> standing) {
        if (names.isEmpty()) {
            return net -> true;
        }
        Set<String> needed = new HashSet<>();
        standing.stream()
                .filter(net -> !names.contains(net.instance()) && !net.instance().equals(Change.SHARED))
                .forEach(net -> mentioned(net.resource()).forEach(needed::add));
        return net -> names.contains(net.instance())
                || net.instance().equals(Change.SHARED) && about(net.resource()).noneMatch(needed::contains);
    }

    /** The roles, schemas, namespaces and folders that a resource is or needs, each in words that no other kind has. */
    private static Stream<String> mentioned(Resource resource) {
        if (resource instanceof Role role) {
            return Stream.of("role " + role.name());
        }
        if (resource instanceof Schema schema) {
            return Stream.of("schema " + schema.name(), "role " + schema.owner());
        }
        if (resource instanceof Folder folder) {
            return Stream.iterate(folder.path(), path -> path != null, path -> path.getParent())
                    .limit(folder.path().getNameCount())
                    .map(path -> "folder " + path);
        }
        if (resource instanceof ValidatedNamespace validated) {
            return Stream.of("namespace " + validated.namespace());
        }
        return Stream.concat(
                Holders.schemasOf(resource).map("schema "::concat), Holders.rolesOf(resource).map("role "::concat));
    }

    /** What of them it stands and falls with: a user with the namespaces of whom it is for. */
    private static Stream<String> about(Resource resource) {
        if (resource instanceof Role || resource instanceof Folder) {
            return mentioned(resource).limit(1);
        }
        if (resource instanceof Schema schema) {
            return Stream.of("schema " + schema.name());
        }
        if (resource instanceof AclUser user) {
            return user.rules().root().keys().stream()
                    .filter(key -> key.startsWith("~") && key.endsWith(":*"))
                    .map(key -> "namespace " + key.substring(1, key.length() - ":*".length()));
        }
        List<String> schemas = Holders.schemasOf(resource).map("schema "::concat).toList();
        return schemas.isEmpty() ? Holders.rolesOf(resource).map("role "::concat).limit(1) : schemas.stream();
    }
}
