package io.provision.plan.rollback;

import io.provision.plan.Change;
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
import io.provision.plan.Resource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Says which ties of a role a rollback's other changes cut. */
final class RoleTies {

    private final ChangesByPlace changes;
    private final Set<String> droppedSchemas;
    private final Set<String> droppedObjects;

    /** @param droppedObjects keys of what goes */
    RoleTies(Collection<Change> changes, Set<String> droppedSchemas, Set<String> droppedObjects) {
        this.changes = new ChangesByPlace(changes);
        this.droppedSchemas = droppedSchemas;
        this.droppedObjects = droppedObjects;
    }

    boolean stays(RoleTie tie) {
        if (tie.database().isPresent()) {
            return true;
        }
        boolean goesWithPlace = tie.schema().filter(droppedSchemas::contains).isPresent()
                || tie.key().filter(droppedObjects::contains).isPresent();
        return !goesWithPlace && !isCut(tie) && !movesAway(tie);
    }

    private boolean isCut(RoleTie tie) {
        return Stream.of(changes.in(tie.schema()), changes.of(tie.role()))
                .flatMap(List::stream)
                .map(Change::resource)
                .anyMatch(resource -> cuts(resource, tie) || isOn(resource, tie));
    }

    private static boolean cuts(Resource resource, RoleTie tie) {
        String schema = tie.schema().orElse("");
        return switch (tie.kind()) {
            case OWNS_SCHEMA -> resource instanceof Schema s && s.name().equals(schema);
            case GRANTED_SCHEMA -> resource instanceof SchemaGrant g && g.schema().equals(schema)
                            && g.grantee().equals(tie.role())
                    || resource instanceof SchemaAccess a && a.schema().equals(schema)
                            && a.grantee().equals(tie.role());
            case GRANTED -> resource instanceof ObjectGrants g && g.schema().equals(schema)
                            && g.grantee().equals(tie.role())
                    || resource instanceof SequenceUsage u && u.schema().equals(schema)
                            && u.grantee().equals(tie.role());
            case DEFAULT -> resource instanceof DefaultPrivileges d && d.schema().equals(schema)
                    && (d.creator().equals(tie.role()) || d.grantee().equals(tie.role()));
            case SEARCH_PATH -> resource instanceof SearchPath p && p.role().equals(tie.role());
            case MEMBERSHIP -> resource instanceof Membership m && m.role().equals(tie.role())
                    && tie.names().contains(m.member());
            case OWNS, SETTING, OTHER -> false;
        };
    }

    /** A view that stands where a table stood goes, and what was granted on it with it. */
    private static boolean isOn(Resource resource, RoleTie tie) {
        return resource instanceof CompatView view && tie.isAbout(view.schema(), view.name());
    }

    /** An object that goes back to where it came from, and to whom it belonged. */
    private boolean movesAway(RoleTie tie) {
        return tie.kind() == RoleTie.Kind.OWNS && changes.in(tie.schema()).stream()
                .anyMatch(change -> change.before().orElse(null) instanceof Placement was
                        && change.after().orElse(null) instanceof Placement is
                        && tie.isAbout(was.schema(), was.name())
                        && !is.owner().equals(tie.role()));
    }
}
