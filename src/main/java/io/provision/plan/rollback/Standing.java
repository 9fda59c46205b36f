package io.provision.plan.rollback;

import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.Resource;
import io.provision.plan.ResourceId;
import io.provision.plan.State;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What stands now of what the journal tells of.
 *
 * @param live the resources themselves
 * @param holders the schemas and roles that they need
 * @param objects what files of {@code sql:} made
 * @param contents by schema that the tool made: what stands in it
 * @param ties of the roles that the tool made; of those that it let into schemas, what they own and were granted
 * @param entries by folder that the tool made: what is in it
 */
public record Standing(
        State live,
        Holders holders,
        LiveGrants grants,
        ObjectGraph objects,
        Map<String, List<Content>> contents,
        List<RoleTie> ties,
        WayBack back,
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
        Objects.requireNonNull(holders, "holders");
        Objects.requireNonNull(grants, "grants");
        Objects.requireNonNull(objects, "objects");
        contents = Map.copyOf(contents);
        ties = List.copyOf(ties);
        Objects.requireNonNull(back, "back");
        entries = Map.copyOf(entries);
    }

    /** With what stands elsewhere. */
    public Standing with(State others) {
        return with(others, entries);
    }

    /** With what stands on the disk. */
    public Standing with(State folders, Map<Path, List<Path>> found) {
        return new Standing(live.with(folders), holders, grants, objects, contents, ties, back, found);
    }

    /** With what is known better of the objects that files made. */
    public Standing with(ObjectGraph better) {
        return new Standing(live, holders, grants, better, contents, ties, back, entries);
    }

    /** Whether an object that was moved stands where it was moved to, and belongs to whom it was given. */
    public static boolean stillPlaced(NetChange net, Optional<Resource> found) {
        return net.after().orElse(null) instanceof Placement && Likeness.same(net.after(), found);
    }

    /** The same, as a rule the one that is kept here anyway. */
    ResourceId sameId(ResourceId id) {
        SortedMap<ResourceId, Resource> rest = live.resources().tailMap(id);
        return rest.isEmpty() || !rest.firstKey().equals(id) ? id : rest.firstKey();
    }

    Optional<Resource> find(ResourceId id) {
        return live.find(id);
    }
}
