package io.provision.plan.rollback;

import io.provision.plan.Change;
import io.provision.plan.Hazard;
import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.MigrationResource.SchemaAccess;
import io.provision.plan.MigrationResource.SequenceUsage;
import io.provision.plan.PostgresResource.DefaultPrivileges;
import io.provision.plan.PostgresResource.Membership;
import io.provision.plan.PostgresResource.ObjectGrants;
import io.provision.plan.PostgresResource.RolePassword;
import io.provision.plan.PostgresResource.SchemaGrant;
import io.provision.plan.PostgresResource.SearchPath;
import io.provision.plan.PostgresResource.SqlFile;
import io.provision.plan.Privilege;
import io.provision.plan.Resource;
import io.provision.plan.ResourceId;
import io.provision.plan.State;
import io.provision.problem.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What stands now of what the journal tells of.
 *
 * @param live the resources themselves
 * @param schemas those that stand, of all that are named
 * @param roles those that stand, of all that are named
 * @param held by grant on objects: what the grantee holds of it now, and nothing else granted it; by each object that
 *     stands
 * @param meanwhile by default privilege: what it granted on objects that were made since
 * @param objects what files of {@code sql:} made
 * @param contents by schema that the tool made: what stands in it
 * @param ties of the roles that the tool made; of those that it let into schemas, what they own and were granted
 * @param joined what has joined what was moved, and goes back with it
 * @param notes what a person should know of the way back
 * @param hazards what going back might break, by what goes back
 * @param refusals why it must not be gone
 * @param entries by folder that the tool made: what is in it
 */
public record Standing(
        State live,
        Set<String> schemas,
        Set<String> roles,
        Map<ResourceId, Map<String, Set<Privilege>>> held,
        Map<ResourceId, Map<String, Set<Privilege>>> meanwhile,
        ObjectGraph objects,
        Map<String, List<Content>> contents,
        List<RoleTie> ties,
        List<Change> joined,
        List<String> notes,
        Map<ResourceId, List<Hazard>> hazards,
        List<Problem> refusals,
        Map<Path, List<Path>> entries) {

    /**
     * Something in a schema.
     *
     * @param key which one, for the server
     * @param text as a person reads it
     * @param name as {@link io.provision.plan.MigrationResource.Placement#name} has it
     * @param part the key of what it is a part of, such as a sequence's table
     */
    public record Content(String key, String text, String name, Optional<String> part) {

        /** A name is one thing's only among its like: the catalog that it is in, by its oid, tells which. */
        boolean is(Placement placement) {
            String catalog = switch (placement.type()) {
                case TYPE, DOMAIN -> "1247:";
                case FUNCTION -> "1255:";
                case STATISTICS -> "3381:";
                default -> "1259:";
            };
            return key.startsWith(catalog) && name.equals(placement.name());
        }
    }

    public Standing {
        Objects.requireNonNull(live, "live");
        schemas = Set.copyOf(schemas);
        roles = Set.copyOf(roles);
        held = Map.copyOf(held);
        meanwhile = Map.copyOf(meanwhile);
        Objects.requireNonNull(objects, "objects");
        contents = Map.copyOf(contents);
        ties = List.copyOf(ties);
        joined = List.copyOf(joined);
        notes = List.copyOf(notes);
        hazards = Map.copyOf(hazards);
        refusals = List.copyOf(refusals);
        entries = Map.copyOf(entries);
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
        if (resource instanceof SequenceUsage usage) {
            return Stream.of(usage.grantee());
        }
        if (resource instanceof RolePassword password) {
            return Stream.of(password.role());
        }
        return resource instanceof SchemaAccess access ? Stream.of(access.grantee()) : Stream.empty();
    }

    /** With what stands elsewhere. */
    public Standing with(State others) {
        return with(others, entries);
    }

    /** With what stands on the disk. */
    public Standing with(State folders, Map<Path, List<Path>> found) {
        return new Standing(
                State.of(Stream.concat(live.resources().values().stream(), folders.resources().values().stream())
                        .toList()),
                schemas, roles, held, meanwhile, objects, contents, ties, joined, notes, hazards, refusals,
                found);
    }

    /** With what is known better of the objects that files made. */
    public Standing with(ObjectGraph better) {
        return new Standing(
                live, schemas, roles, held, meanwhile, better, contents, ties, joined, notes, hazards, refusals, entries);
    }

    /** Whether an object that was moved stands where it was moved to, and belongs to whom it was given. */
    public static boolean stillPlaced(NetChange net, Optional<Resource> found) {
        return net.after().orElse(null) instanceof Placement && Likeness.same(net.after(), found);
    }

    Optional<Resource> find(ResourceId id) {
        return live.find(id);
    }
}
