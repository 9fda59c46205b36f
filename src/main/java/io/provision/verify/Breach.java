package io.provision.verify;

import io.provision.plan.Change;
import io.provision.plan.Store;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A way from one instance to what is another's.
 *
 * @param from the instance that can go it; {@link #EVERY} where all can
 * @param to the instance that it leads to; {@link #EVERY} where it leads to all others
 * @param how the path, as a sentence that names every role and object on it
 * @param remedy the statements or commands that close it, one a line
 */
public record Breach(String from, String to, Store store, String how, String remedy) {

    /** Not a possible instance name; a thousand instances with one open door are one finding, not a million. */
    public static final String EVERY = Change.SHARED;

    public Breach {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(how, "how");
        Objects.requireNonNull(remedy, "remedy");
    }

    /** Whether it has to do with any of these instances. */
    boolean concerns(Set<String> instances) {
        return from.equals(EVERY) || to.equals(EVERY) || instances.contains(from) || instances.contains(to);
    }

    Ends ends() {
        return new Ends(from, to);
    }

    /** Its own, and those of the ways that it is one of many of. */
    Stream<Ends> endsAround() {
        return Stream.of(ends(), new Ends(EVERY, to), new Ends(from, EVERY), new Ends(EVERY, EVERY));
    }

    /** From where it leads, and to where. */
    record Ends(String from, String to) {}
}
