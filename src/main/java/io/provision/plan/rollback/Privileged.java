package io.provision.plan.rollback;

import io.provision.plan.PostgresResource.DefaultPrivileges;
import io.provision.plan.PostgresResource.SchemaGrant;
import io.provision.plan.Privilege;
import io.provision.plan.Resource;
import java.util.Optional;
import java.util.Set;

/** Resources that are sets of privileges, which several hands may have put together. */
final class Privileged {

    private Privileged() {}

    static boolean covers(Resource resource) {
        return resource instanceof SchemaGrant || resource instanceof DefaultPrivileges;
    }

    static Set<Privilege> of(Optional<Resource> resource) {
        return resource.map(r -> r instanceof SchemaGrant grant
                        ? grant.privileges()
                        : ((DefaultPrivileges) r).privileges())
                .orElse(Set.of());
    }

    /** The same resource with other privileges; none is no resource. */
    static Optional<Resource> with(Resource like, Set<Privilege> privileges) {
        if (privileges.isEmpty()) {
            return Optional.empty();
        }
        if (like instanceof SchemaGrant grant) {
            return Optional.of(new SchemaGrant(grant.schema(), grant.grantee(), privileges));
        }
        DefaultPrivileges given = (DefaultPrivileges) like;
        return Optional.of(new DefaultPrivileges(
                given.schema(), given.creator(), given.objects(), given.grantee(), privileges));
    }
}
