package io.provision.plan.rollback;

import io.provision.plan.Distribution;
import io.provision.plan.MigrationResource.SchemaAccess;
import io.provision.plan.MigrationResource.SequenceUsage;
import io.provision.plan.PostgresResource;
import io.provision.plan.PostgresResource.DefaultPrivileges;
import io.provision.plan.PostgresResource.Membership;
import io.provision.plan.PostgresResource.ObjectGrants;
import io.provision.plan.PostgresResource.SchemaGrant;
import io.provision.plan.PostgresResource.SearchPath;
import io.provision.plan.Resource;
import io.provision.plan.RolePassword;
import io.provision.plan.SqlFile;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The schemas and roles without which other resources cannot stand, as far as they stand themselves.
 *
 * @param schemas of all that are named
 * @param roles of all that are named
 */
public record Holders(Set<String> schemas, Set<String> roles) {

    public Holders {
        schemas = Set.copyOf(schemas);
        roles = Set.copyOf(roles);
    }

    /** Whether everything stands without which the resource cannot. */
    boolean hold(Resource resource) {
        return schemasOf(resource).allMatch(schemas::contains)
                && rolesOf(resource).filter(role -> !role.equals(PostgresResource.PUBLIC)).allMatch(roles::contains);
    }

    /** The schemas without which a resource cannot stand. */
    public static Stream<String> schemasOf(Resource resource) {
        if (resource instanceof SchemaGrant grant) {
            return Stream.of(grant.schema());
        }
        if (resource instanceof DefaultPrivileges grant) {
            return Stream.of(grant.schema());
        }
        if (resource instanceof ObjectGrants grant) {
            return Stream.of(grant.schema());
        }
        if (resource instanceof SqlFile file) {
            return Stream.of(file.schema());
        }
        if (resource instanceof Distribution distribution) {
            return Stream.of(distribution.schema());
        }
        return resource instanceof SchemaAccess access ? Stream.of(access.schema()) : Stream.empty();
    }

    /** The roles without which a resource cannot stand. */
    public static Stream<String> rolesOf(Resource resource) {
        if (resource instanceof SchemaGrant grant) {
            return Stream.of(grant.grantee());
        }
        if (resource instanceof DefaultPrivileges grant) {
            return Stream.of(grant.creator(), grant.grantee());
        }
        if (resource instanceof ObjectGrants grant) {
            return Stream.of(grant.grantee());
        }
        if (resource instanceof Membership membership) {
            return Stream.of(membership.role(), membership.member());
        }
        if (resource instanceof SearchPath path) {
            return Stream.of(path.role());
        }
        if (resource instanceof RolePassword password) {
            return Stream.of(password.role());
        }
        if (resource instanceof SequenceUsage usage) {
            return Stream.of(usage.grantee());
        }
        return resource instanceof SchemaAccess access ? Stream.of(access.grantee()) : Stream.empty();
    }
}
