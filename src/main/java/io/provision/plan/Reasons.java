package io.provision.plan;

import io.provision.plan.MigrationResource.CompatView;
import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.MigrationResource.SchemaAccess;
import io.provision.plan.MigrationResource.SequenceUsage;
import io.provision.plan.PostgresResource.DefaultPrivileges;
import io.provision.plan.PostgresResource.Membership;
import io.provision.plan.PostgresResource.ObjectGrants;
import io.provision.plan.PostgresResource.Schema;
import io.provision.plan.PostgresResource.SchemaGrant;
import io.provision.plan.PostgresResource.SearchPath;
import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.VolumeResource.Folder;
import java.util.Optional;
import java.util.Set;

/** Says in a few words why a resource changes. */
final class Reasons {

    private Reasons() {}

    static String of(Optional<Resource> before, Optional<Resource> after) {
        Resource resource = after.or(() -> before).orElseThrow();
        if (resource instanceof PostgresResource) {
            return ofPostgres(before, after, (PostgresResource) resource);
        }
        if (resource instanceof Folder) {
            return before.map(Folder.class::cast).map(was -> ofFolder(was, (Folder) resource)).orElse("there is none");
        }
        if (resource instanceof AclUser) {
            return before.isPresent() ? "its rules are other ones" : "there is none";
        }
        return "no key was set in it yet";
    }

    private static String ofPostgres(
            Optional<Resource> before, Optional<Resource> after, PostgresResource resource) {
        if (resource instanceof SchemaGrant) {
            return ofSchemaGrant(before.map(SchemaGrant.class::cast), after.map(SchemaGrant.class::cast));
        }
        if (resource instanceof DefaultPrivileges defaults) {
            return defaults.grantee() + " cannot use the " + defaults.objects().words() + " that " + defaults.creator()
                    + " will make there";
        }
        if (resource instanceof ObjectGrants grants) {
            return "%s lacks privileges on %d of the %s there"
                    .formatted(grants.grantee(), grants.lacking().size(), grants.objects().words());
        }
        if (resource instanceof SqlFile) {
            return before.isPresent() ? "it has changed since it ran" : "it has not run yet";
        }
        if (resource instanceof Distribution) {
            return "it is not distributed";
        }
        if (resource instanceof Membership membership) {
            return "%s cannot act for %s without it".formatted(membership.member(), membership.role());
        }
        return resource instanceof MigrationResource
                ? ofMigration(before, resource)
                : before.map(was -> ofAltered(was, resource)).orElse("there is none");
    }

    private static String ofMigration(Optional<Resource> before, Resource resource) {
        if (resource instanceof SchemaAccess access) {
            return "%s would lose the way to what moves there".formatted(access.grantee());
        }
        if (resource instanceof SequenceUsage usage) {
            return "what moves for %s takes values from it".formatted(usage.grantee());
        }
        if (resource instanceof CompatView view) {
            return "some still say %s.%s".formatted(view.schema(), view.name());
        }
        Placement was = (Placement) before.orElse(resource);
        return was.schema().equals(was.from())
                ? "it stands in " + was.schema()
                : "it is owned by " + was.owner();
    }

    private static String ofAltered(Resource before, PostgresResource after) {
        if (before instanceof Schema was) {
            return "it is owned by %s".formatted(was.owner());
        }
        if (before instanceof SearchPath was) {
            return "it is %s".formatted(was.setting());
        }
        throw new IllegalArgumentException("a %s is not altered".formatted(after.kind().id()));
    }

    private static String ofSchemaGrant(Optional<SchemaGrant> before, Optional<SchemaGrant> after) {
        Set<Privilege> held = before.map(SchemaGrant::privileges).orElse(Set.of());
        Set<Privilege> wanted = after.map(SchemaGrant::privileges).orElse(Set.of());
        Set<Privilege> missing = Privilege.minus(wanted, held);
        String grantee = after.or(() -> before).orElseThrow().grantee();
        return missing.isEmpty()
                ? "%s must not have %s".formatted(grantee, Privilege.list(Privilege.minus(held, wanted)))
                : grantee + " lacks " + Privilege.list(missing);
    }

    private static String ofFolder(Folder was, Folder is) {
        return was.mode() == is.mode()
                ? "it is owned by %s".formatted(was.owner().orElse("somebody else"))
                : "its mode is %04o".formatted(was.mode());
    }
}
