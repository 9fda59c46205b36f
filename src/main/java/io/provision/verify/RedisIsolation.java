package io.provision.verify;

import io.provision.manifest.Instance;
import io.provision.manifest.Manifest;
import io.provision.plan.Change;
import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.Store;
import io.provision.plan.acl.AclDifference;
import io.provision.plan.acl.AclNode;
import io.provision.plan.acl.AclRules;
import io.provision.plan.acl.AclRules.Login;
import io.provision.plan.acl.AllowList;
import io.provision.redis.NodeUsers;
import io.provision.redis.RedisCommands;
import io.provision.redis.RedisStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which instance's Redis user can reach what is another's ({@code redis.md}, "Rules"): from the rules of every user on
 * every server, as sets, and then, for some, as the server itself judges. What the manifest asks for is no breach.
 */
final class RedisIsolation {

    private static final String DEFAULT = "default";

    private final Manifest manifest;
    private final List<Instance> chosen;
    private final RedisStore redis;
    private final boolean embedded;
    private final AllowList allowList;
    private final Map<String, List<Instance>> byUser;
    private final Territories territories;
    private final List<Breach> breaches = new ArrayList<>();
    private final RedisRemarks remarks;

    /**
     * @param chosen the instances that it is about
     * @param embedded whether the server is the tool's own, which is for trying things out
     */
    RedisIsolation(Manifest manifest, List<Instance> chosen, RedisStore redis, boolean embedded) {
        this.manifest = manifest;
        this.chosen = List.copyOf(chosen);
        this.redis = redis;
        this.embedded = embedded;
        this.allowList = new AllowList(manifest.redis().commands());
        this.byUser = manifest.instances().stream().collect(Collectors.groupingBy(
                instance -> instance.names().redisUser(), LinkedHashMap::new, Collectors.toList()));
        this.territories = new Territories(
                manifest.instances(), new UsedDatabases(manifest.redis()).and(redis.database()));
        this.remarks = new RedisRemarks(byUser.keySet());
    }

    Evidence prove(Probe probe) {
        List<NodeUsers> nodes = redis.everybody();
        territories.shared().forEach(remarks::together);
        nodes.forEach(this::look);
        Evidence confirmed = new DryRunProof(redis, manifest.instances(), chosen).prove(nodes, probe);
        return new Evidence(List.of(), breaches, remarks.warnings(), remarks.notes()).and(confirmed);
    }

    private void look(NodeUsers users) {
        AclNode node = users.node();
        RedisOpenings openings = new RedisOpenings(territories, node);
        manifest.instances().stream().findFirst().ifPresent(any ->
                remarks.meant(openings.of(allowList.of(List.of(any), node), Set.of(any.name()))));
        remarks.server(node);
        remarks.alike(users.alike());
        users.rules().forEach((name, rules) -> {
            AclUser user = new AclUser(name, node.name(), rules);
            if (rules.on() && byUser.containsKey(name)) {
                own(user, node, openings);
            } else if (rules.on()) {
                other(user, openings);
            }
        });
    }

    private void own(AclUser user, AclNode node, RedisOpenings openings) {
        List<Instance> instances = byUser.get(user.name());
        Set<String> names = instances.stream().map(Instance::name).collect(Collectors.toSet());
        AclRules wanted = allowList.of(instances, node).withLogin(user.rules().login());
        Set<RedisOpening> meant = new LinkedHashSet<>(openings.of(wanted, names));
        remarks.shared(user.name(), meant);
        List<RedisOpening> open = new AclDifference(node.catalog()).same(user.rules(), wanted)
                ? List.of()
                : openings.of(user.rules(), names).stream()
                        .filter(opening -> !meant.contains(opening) && !isWithin(instances, opening))
                        .toList();
        Change remedy = new Change(
                instances.get(0).name(), Optional.of(user), Optional.of(user.with(wanted)), "", List.of());
        byTarget(open, names).forEach((to, told) -> names.forEach(from -> breaches.add(new Breach(
                from, to, Store.REDIS, user.target() + " " + told.told(), RedisCommands.describe(remedy)))));
        if (user.rules().login() == Login.ANYTHING) {
            names.forEach(to -> breaches.add(new Breach(
                    Breach.EVERY,
                    to,
                    Store.REDIS,
                    "anybody may log in as %s without a password".formatted(user.target()),
                    RedisCommands.at(user, "ACL SETUSER %s resetpass".formatted(user.name())))));
        }
    }

    /** Such a pattern gets at another's only where the manifest nests the two on purpose. */
    private static boolean isWithin(List<Instance> own, RedisOpening opening) {
        String pattern = opening.pattern();
        return own.stream()
                .flatMap(instance -> instance.namespaces().stream())
                .anyMatch(namespace -> pattern.startsWith(namespace + ":"));
    }

    /** Nobody's: of interest where every instance can be it, and where it gets at what is theirs. */
    private void other(AclUser user, RedisOpenings openings) {
        if (user.rules().login() == Login.ANYTHING) {
            everybodys(user, openings);
        } else if (user.rules().login() == Login.PASSWORD
                && !user.name().equals(DEFAULT)
                && !user.name().equals(redis.login())
                && openings.any(user.rules())) {
            remarks.stranger(user.name());
        }
    }

    private void everybodys(AclUser user, RedisOpenings openings) {
        byTarget(openings.of(user.rules(), Set.of()), Set.of()).forEach((to, told) -> {
            String how = "everybody can be %s, which has no password and %s".formatted(user.target(), told.told());
            if (embedded && user.name().equals(DEFAULT)) {
                remarks.warn(how + "; the embedded server is for trying things out");
            } else {
                breaches.add(new Breach(
                        Breach.EVERY,
                        to,
                        Store.REDIS,
                        how,
                        RedisCommands.at(user, "ACL SETUSER %s resetpass >PASSWORD".formatted(user.name()))));
            }
        });
    }

    /** What leads to all others is told once. */
    private Map<String, Several> byTarget(Collection<RedisOpening> openings, Set<String> own) {
        Map<String, Several> byTarget = new TreeMap<>();
        openings.forEach(opening ->
                byTarget.computeIfAbsent(opening.to(), to -> new Several()).add(opening.told()));
        Set<String> named = new HashSet<>(byTarget.keySet());
        named.remove(Breach.EVERY);
        int others = manifest.instances().size() - own.size();
        if (named.size() < 2 || named.size() < others) {
            return byTarget;
        }
        Several all = byTarget.getOrDefault(Breach.EVERY, new Several());
        all.add(byTarget.get(new TreeSet<>(named).first()).told() + "; and so on to every other instance");
        return Map.of(Breach.EVERY, all);
    }
}
