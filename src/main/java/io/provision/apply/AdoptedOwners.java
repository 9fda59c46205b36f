package io.provision.apply;

import io.provision.manifest.Instance;
import io.provision.plan.Desired;
import io.provision.plan.PostgresResource.Schema;
import io.provision.plan.Resource;
import io.provision.plan.ResourceId;
import io.provision.plan.State;
import io.provision.postgres.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Tells of schemas that {@code owner: admin} does not take from the instance's own role: what stands is adopted with
 * its owner, and whoever has just changed the setting would take it for done.
 */
final class AdoptedOwners {

    private AdoptedOwners() {}

    /** @param live what stands in PostgreSQL */
    static List<String> notes(Scope scope, Desired desired, State live) {
        List<String> notes = new ArrayList<>();
        Map<String, String> roles = scope.manifest().instances().stream()
                .filter(instance -> instance.owner() == Instance.Owner.ADMIN)
                .collect(Collectors.toMap(Instance::name, instance -> instance.names().role()));
        Map<ResourceId, Resource> standing = live.resources();
        desired.state().resources().forEach((id, resource) -> {
            if (resource instanceof Schema wanted
                    && wanted.ownerStays()
                    && standing.get(id) instanceof Schema is
                    && is.owner().equals(roles.get(desired.instanceOf(id)))) {
                notes.add(note(desired.instanceOf(id), wanted, is.owner()));
            }
        });
        return notes;
    }

    private static String note(String instance, Schema wanted, String role) {
        return ("%s: the schema %s stands already, and stays its role's, %s, `owner: admin` or not; to take it away:"
                        + " ALTER SCHEMA %s OWNER TO %s")
                .formatted(
                        instance,
                        wanted.name(),
                        role,
                        Sql.identifier(wanted.name()),
                        Sql.identifier(wanted.owner()));
    }
}
