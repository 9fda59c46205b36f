package io.provision.plan;

import io.provision.manifest.Instance;
import io.provision.manifest.Reader;
import io.provision.plan.PostgresResource.Membership;
import io.provision.plan.PostgresResource.Role;
import io.provision.plan.PostgresResource.SearchPath;
import io.provision.plan.RedisResource.AclUser;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How far each instance is from what the manifest says. */
public final class InstanceDrift {

    private final Map<String, Long> own;
    private final Map<String, Long> sharedRoles;
    private final Map<String, Long> settingsOfSharedRoles;
    private final Map<String, Long> sharedUsers;

    private InstanceDrift(Plan plan) {
        own = plan.changes().stream().collect(Collectors.groupingBy(Change::instance, Collectors.counting()));
        List<Resource> shared = plan.changes().stream()
                .filter(change -> change.instance().equals(Change.SHARED))
                .map(Change::resource)
                .toList();
        sharedRoles = byName(shared, InstanceDrift::role);
        settingsOfSharedRoles = byName(shared, InstanceDrift::roleThatIsSet);
        sharedUsers = byName(shared, InstanceDrift::user);
    }

    /**
     * The number of changes that each instance waits for: its own, and those of the roles and users that it shares.
     * What else is shared, such as the folder above several instances' own, changes only along with what is theirs.
     *
     * @param instances those that the plan is about
     * @return by the instance's name, in the order of {@code instances}
     */
    public static Map<String, Long> of(Plan plan, Collection<Instance> instances) {
        InstanceDrift drift = new InstanceDrift(plan);
        Map<String, Long> byInstance = new LinkedHashMap<>();
        instances.forEach(instance -> byInstance.put(instance.name(), drift.of(instance)));
        return byInstance;
    }

    private long of(Instance instance) {
        String role = instance.names().role();
        long roles = Stream.concat(Stream.of(role), instance.readers().stream().map(Reader::role))
                .distinct()
                .mapToLong(name -> sharedRoles.getOrDefault(name, 0L))
                .sum();
        return own.getOrDefault(instance.name(), 0L)
                + roles
                + settingsOfSharedRoles.getOrDefault(role, 0L)
                + sharedUsers.getOrDefault(instance.names().redisUser(), 0L);
    }

    private static Map<String, Long> byName(List<Resource> shared, Function<Resource, Optional<String>> name) {
        return shared.stream()
                .flatMap(resource -> name.apply(resource).stream())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private static Optional<String> role(Resource resource) {
        return resource instanceof Role role ? Optional.of(role.name()) : Optional.empty();
    }

    private static Optional<String> roleThatIsSet(Resource resource) {
        if (resource instanceof Membership membership) {
            return Optional.of(membership.role());
        }
        return resource instanceof SearchPath path ? Optional.of(path.role()) : Optional.empty();
    }

    private static Optional<String> user(Resource resource) {
        return resource instanceof AclUser user ? Optional.of(user.name()) : Optional.empty();
    }
}
