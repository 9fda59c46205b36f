package io.provision.redis;

import io.provision.problem.Problem;
import java.util.List;
import java.util.Optional;

/**
 * What came of a trial.
 *
 * @param problem what there is to tell, if it stays so
 */
record Tried(Trial trial, Result result, Optional<Problem> problem) {

    /** What a server did. */
    enum Result {
        DONE,

        /** The key stood. */
        STOOD,

        /** It is not, or not at the moment, the one that has the key. */
        MOVED,

        REFUSED
    }

    Validation validation(boolean otherKeyStood) {
        return new Validation(trial.namespace(), otherKeyStood, problem.map(List::of).orElse(List.of()));
    }
}
