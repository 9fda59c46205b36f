package io.provision.apply;

import io.provision.plan.Change;
import io.provision.plan.RedisResource.AclUser;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Those who get new passwords together, or none of them: as a rule one instance's role and Redis user; several
 * instances, where they share one of these, or the source of a password.
 *
 * @param users its Redis users, on each server
 */
public record RotationUnit(
        List<String> instances, List<Credential> credentials, Map<AclUser, Credential> users, List<Change> changes) {

    public RotationUnit {
        instances = List.copyOf(instances);
        credentials = List.copyOf(credentials);
        users = Map.copyOf(users);
        changes = List.copyOf(changes);
    }

    /**
     * @param users of each of them who is a Redis user
     * @param changes of each of them
     */
    static List<RotationUnit> of(
            Collection<Credential> chosen,
            Function<Credential, List<AclUser>> users,
            Function<Credential, List<Change>> changes) {
        List<RotationUnit> units = new ArrayList<>();
        for (List<Credential> together : TiedCredentials.groups(chosen)) {
            Map<AclUser, Credential> byUser = new LinkedHashMap<>();
            together.forEach(credential -> users.apply(credential).forEach(user -> byUser.put(user, credential)));
            List<Change> own = together.stream().flatMap(credential -> changes.apply(credential).stream()).toList();
            Set<String> instances = together.stream()
                    .flatMap(credential -> credential.instances().stream())
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!own.isEmpty()) {
                units.add(new RotationUnit(List.copyOf(instances), together, byUser, own));
            }
        }
        return units;
    }
}
