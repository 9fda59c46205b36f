package io.provision.plan.rollback;

import io.provision.plan.Change;
import io.provision.plan.MigrationResource.CompatView;
import io.provision.plan.MigrationResource.Placement;
import io.provision.problem.Problem;
import java.util.Collection;
import java.util.List;

/** Views that the tool left for a table that moved, that another hand rewrote, and that bar the table's way back. */
final class ViewsInTheWay {

    private ViewsInTheWay() {}

    /** @param changes everything that is to be done */
    static List<Problem> refusals(Collection<Undo> undos, Collection<Change> changes) {
        return undos.stream()
                .filter(undo -> undo.skipped().isPresent() && undo.change().isEmpty() && undo.settled().isEmpty())
                .map(Undo::net)
                .filter(net -> net.after().orElse(null) instanceof CompatView view && barred(view, changes))
                .map(net -> Problem.error("%s: the view %s stands where its table is to go back to, and is not as the "
                                        .formatted(net.instance(), net.target().target())
                                + "tool left it")
                        .remedy("drop it, rename it, or make it show the table again"))
                .toList();
    }

    private static boolean barred(CompatView view, Collection<Change> changes) {
        return changes.stream().anyMatch(change -> change.after().orElse(null) instanceof Placement back
                && back.type().relation()
                && back.schema().equals(view.schema())
                && back.name().equals(view.name()));
    }
}
