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

/**
 * Tells of schemas that {@code owner: admin} does not take from the instance's own role: what stands is adopted with
 * its owner, and whoever has just changed the setting would take it for done.
 */
final class AdoptedOwners {

    private AdoptedOwners() {}

    /** @param live what stands in PostgreSQL */
    static List<String> notes(Scope scope, Desired desired, State live) {
        List<String> notes = new ArrayList<>();
        Map<ResourceId, Resource> standing = live.resources();
        desired.state().resources().forEach((id, resource) -> {
            if (resource instanceof Schema wanted && wanted.ownerStays() && standing.get(id) instanceof Schema is) {
                scope.manifest().instance(desired.instances().get(id)).map(AdoptedOwners::role)
                        .filter(is.owner()::equals)
                        .ifPresent(role -> notes.add(note(desired.instances().get(id), wanted, role)));
            }
        });
        return notes;
    }

    private static String role(Instance instance) {
        return instance.names().role();
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
