package io.provision.plan;

import java.util.Collection;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The model of a server: what changes make of the state that they are applied to. */
final class Applied {

    private Applied() {}

    /** @throws IllegalStateException when a change was made from another state */
    static State to(State state, Collection<Change> changes) {
        SortedMap<ResourceId, Resource> result = new TreeMap<>(state.resources());
        for (Change change : changes) {
            Optional<Resource> found = Optional.ofNullable(result.get(change.target()));
            if (!found.equals(change.before())) {
                throw new IllegalStateException("the change expects %s and finds %s".formatted(change.before(), found));
            }
            change.after().ifPresentOrElse(r -> result.put(change.target(), r), () -> result.remove(change.target()));
        }
        return new State(result);
    }
}
