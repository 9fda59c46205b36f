package io.provision.plan;

import io.provision.plan.PostgresResource.DefaultPrivileges;
import io.provision.plan.PostgresResource.Membership;
import io.provision.plan.PostgresResource.ObjectGrants;
import io.provision.plan.PostgresResource.Role;
import io.provision.plan.PostgresResource.Schema;
import io.provision.plan.PostgresResource.SchemaGrant;
import io.provision.plan.PostgresResource.SearchPath;
import io.provision.plan.RedisResource.ValidatedNamespace;
import io.provision.plan.VolumeResource.Folder;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What is desired as a table to read: a line a resource, with whose it is. */
final class DesiredText {

    private DesiredText() {}

    static String of(Desired desired) {
        return of(desired, ResourceKind.values());
    }

    static String of(Desired desired, ResourceKind... kinds) {
        return desired.state().resources().values().stream()
                .filter(resource -> Set.of(kinds).contains(resource.kind()))
                .map(resource -> "%s | %s%n".formatted(desired.instanceOf(resource.id()), line(resource)))
                .collect(Collectors.joining());
    }

    private static String line(Resource resource) {
        return switch (resource.kind()) {
            case ROLE -> "role %s%s".formatted(((Role) resource).name(), marked(((Role) resource).comment()));
            case MEMBERSHIP -> of((Membership) resource);
            case FOLDER -> of((Folder) resource);
            case NAMESPACE -> "namespace %s".formatted(((ValidatedNamespace) resource).namespace());
            case SCHEMA -> of((Schema) resource);
            case DEFAULT_PRIVILEGES -> of((DefaultPrivileges) resource);
            case SCHEMA_GRANT -> of((SchemaGrant) resource);
            case OBJECT_GRANTS -> of((ObjectGrants) resource);
            case SQL_OBJECT -> resource.target();
            case SQL_FILE -> "sql file %s in %s".formatted(
                    ((SqlFile) resource).name().file(), ((SqlFile) resource).schema());
            case SEARCH_PATH -> of((SearchPath) resource);
            default -> resource.toString();
        };
    }

    private static String of(Membership m) {
        return "%s in %s, inherit %s, set %s".formatted(m.member(), m.role(), m.inherit(), m.set());
    }

    private static String of(Folder f) {
        return "folder %s %04o%s%s".formatted(
                f.path(), f.mode(), f.modeStays() ? " if made" : "", f.owner().map(o -> " of " + o).orElse(""));
    }

    private static String of(Schema s) {
        return "schema %s of %s%s%s".formatted(
                s.name(), s.owner(), s.ownerStays() ? " if made" : "", marked(s.comment()));
    }

    private static String of(DefaultPrivileges d) {
        return "default for %s by %s in %s to %s: %s".formatted(
                d.objects().plural(), d.creator(), d.schema(), d.grantee(), list(d.privileges()));
    }

    private static String of(SchemaGrant g) {
        return "on %s to %s: %s".formatted(g.schema(), g.grantee(), list(g.privileges()));
    }

    private static String of(ObjectGrants g) {
        return "on %s in %s to %s: %s".formatted(g.objects().plural(), g.schema(), g.grantee(), list(g.privileges()));
    }

    private static String of(SearchPath p) {
        return "search path of %s in %s: %s".formatted(p.role(), p.database(), p.setting());
    }

    private static String marked(Optional<String> comment) {
        return comment.flatMap(Mark::parse).map(mark -> ", made for " + mark.instance()).orElse("");
    }

    private static String list(Set<Privilege> privileges) {
        return privileges.isEmpty()
                ? "nothing"
                : privileges.stream().map(Privilege::name).collect(Collectors.joining(" "));
    }
}
