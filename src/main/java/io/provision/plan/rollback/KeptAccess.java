package io.provision.plan.rollback;

import io.provision.plan.Change;
import io.provision.plan.MigrationResource.CompatView;
import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.MigrationResource.SchemaAccess;
import io.provision.plan.MigrationResource.SequenceUsage;
import io.provision.plan.PostgresResource;
import io.provision.plan.PostgresResource.ObjectGrants;
import io.provision.plan.PostgresResource.Schema;
import io.provision.plan.PostgresResource.SchemaGrant;
import io.provision.plan.Resource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says which grants and views have to stay because what stays is reached by them: a later run that found a grant there
 * did not give it again. Of a schema that stood before the tool came, only what the tool moved there counts: the rest
 * was not to be reached.
 */
final class KeptAccess {

    private final Staying staying;

    /** What the tool moved, and this rollback does not take back, though it is about it. */
    private final PlacedObjects left = new PlacedObjects();

    private final TiesByPlace ties;
    private final ChangesByPlace changes;
    private final Predicate<RoleTie> goes;
    private final Set<String> madeSchemas;

    /**
     * @param changes everything that is to be done
     * @param goes what goes with its schema, or is dropped
     */
    KeptAccess(
            Collection<Undo> undos,
            Staying staying,
            TiesByPlace ties,
            Collection<Change> changes,
            Predicate<RoleTie> goes) {
        this.staying = staying;
        undos.stream()
                .filter(undo -> undo.skipped().isPresent())
                .map(Undo::net)
                .filter(net -> net.after().orElse(null) instanceof Placement)
                .forEach(left::add);
        this.ties = ties;
        this.changes = new ChangesByPlace(changes);
        this.goes = goes;
        this.madeSchemas = undos.stream()
                .map(Undo::net)
                .filter(net -> net.resource() instanceof Schema && net.made())
                .map(net -> ((Schema) net.resource()).name())
                .collect(Collectors.toSet());
    }

    /** Why it must not be undone. */
    Optional<String> why(NetChange net) {
        Resource resource = net.resource();
        if (resource instanceof SchemaAccess access) {
            return used(access.schema(), access.grantee());
        }
        if (resource instanceof SchemaGrant grant) {
            return used(grant.schema(), grant.grantee());
        }
        if (resource instanceof SequenceUsage) {
            return Stream.concat(staying.placed().of(net.instance()).stream(), left.of(net.instance()).stream())
                    .findFirst()
                    .map(placed -> "the %s, which stays, may use it".formatted(words(placed)));
        }
        return resource instanceof CompatView view ? served(net, view) : Optional.empty();
    }

    private Optional<String> used(String schema, String grantee) {
        if (grantee.equals(PostgresResource.PUBLIC)) {
            return placedIn(schema)
                    .findFirst()
                    .map(placed -> "the %s stays in it".formatted(words(placed)));
        }
        return ties.of(grantee, schema).stream()
                .filter(tie -> tie.kind() == RoleTie.Kind.OWNS || tie.kind() == RoleTie.Kind.GRANTED)
                .filter(tie -> madeSchemas.contains(schema) || staying.made(schema) || isPlaced(tie))
                .filter(tie -> !goes.test(tie) && !movesAway(tie) && !revoked(tie))
                .findFirst()
                .map(tie -> "%s %s, which stays".formatted(grantee, tie.text()));
    }

    private boolean isPlaced(RoleTie tie) {
        return tie.schema().stream()
                .flatMap(this::placedIn)
                .map(PlacedObjects::placement)
                .anyMatch(placed -> tie.isAbout(placed.to(), placed.name()));
    }

    private boolean movesAway(RoleTie tie) {
        return changes.in(tie.schema()).stream()
                .anyMatch(change -> change.before().orElse(null) instanceof Placement was
                        && change.after().orElse(null) instanceof Placement
                        && tie.isAbout(was.schema(), was.name()));
    }

    private boolean revoked(RoleTie tie) {
        return tie.kind() == RoleTie.Kind.GRANTED && changes.in(tie.schema()).stream().anyMatch(change ->
                change.resource() instanceof ObjectGrants grants
                        && grants.grantee().equals(tie.role())
                        && grants.lacking().keySet().stream().anyMatch(name -> tie.isAbout(grants.schema(), name)));
    }

    /** What the tool moved there, and neither this rollback nor another hand takes back. */
    private Stream<NetChange> placedIn(String schema) {
        return Stream.concat(staying.placed().in(schema).stream(), left.in(schema).stream());
    }

    /** A view that came with a move goes with it. */
    private Optional<String> served(NetChange net, CompatView view) {
        return Stream.concat(
                        staying.placed().in(view.tableSchema()).stream()
                                .filter(placed -> placed.first().run().equals(net.first().run())),
                        left.in(view.tableSchema()).stream())
                .filter(placed -> isOf(view, PlacedObjects.placement(placed)))
                .findFirst()
                .map(placed -> "the %s, which it shows, does not go back".formatted(words(placed)));
    }

    private static boolean isOf(CompatView view, Placement placed) {
        return placed.type().relation()
                && placed.from().equals(view.schema())
                && placed.name().equals(view.name());
    }

    private static String words(NetChange placed) {
        Placement placement = (Placement) placed.resource();
        return "%s %s.%s".formatted(placement.type().word(), placement.to(), placement.name());
    }
}
