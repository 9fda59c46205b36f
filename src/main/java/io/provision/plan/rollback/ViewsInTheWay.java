package io.provision.plan.rollback;

import io.provision.plan.Change;
import io.provision.plan.MigrationResource.CompatView;
import io.provision.plan.MigrationResource.Placement;
import io.provision.problem.Problem;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Views that the tool left for a table that moved, that another hand rewrote, and that bar the table's way back. */
final class ViewsInTheWay {

    private ViewsInTheWay() {}

    /** @param changes everything that is to be done */
    static List<Problem> refusals(Collection<Undo> undos, Collection<Change> changes) {
        Set<Place> comingBack = comingBack(changes);
        return undos.stream()
                .filter(undo -> undo.skipped().isPresent() && undo.change().isEmpty() && undo.settled().isEmpty())
                .map(Undo::net)
                .filter(net -> net.after().orElse(null) instanceof CompatView view
                        && comingBack.contains(new Place(view.schema(), view.name())))
                .map(net -> Problem.error("%s: the view %s stands where its table is to go back to, and is not as the "
                                        .formatted(net.instance(), net.target().target())
                                + "tool left it")
                        .remedy("drop it, rename it, or make it show the table again"))
                .toList();
    }

    private record Place(String schema, String name) {}

    /** Where tables go back to. */
    private static Set<Place> comingBack(Collection<Change> changes) {
        Set<Place> places = new HashSet<>();
        for (Change change : changes) {
            if (change.after().orElse(null) instanceof Placement back && back.type().relation()) {
                places.add(new Place(back.schema(), back.name()));
            }
        }
        return places;
    }
}
