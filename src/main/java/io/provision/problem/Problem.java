package io.provision.problem;

import java.util.Objects;
import java.util.Optional;

/**
 * One thing that is wrong: what it is, where it stands, and what to do next. Never carries a secret.
 *
 * @param severity whether it stops the command
 * @param message what was being done, to which instance, and why it failed
 * @param place where in a file, if it stands in one
 * @param remedy what to do next, if there is something to do
 */
public record Problem(Severity severity, String message, Optional<Place> place, Optional<String> remedy) {

    public enum Severity { ERROR, WARNING }

    public Problem {
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(remedy, "remedy");
    }

    public static Problem error(String message) {
        return new Problem(Severity.ERROR, message, Optional.empty(), Optional.empty());
    }

    public static Problem warning(String message) {
        return new Problem(Severity.WARNING, message, Optional.empty(), Optional.empty());
    }

    public Problem at(Place where) {
        return new Problem(severity, message, Optional.of(where), remedy);
    }

    public Problem remedy(String whatToDo) {
        return new Problem(severity, message, place, Optional.of(whatToDo));
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** The problem as one line: place, message, remedy. */
    @Override
    public String toString() {
        return place.map(p -> p + ": ").orElse("") + message + remedy.map(r -> " — " + r).orElse("");
    }
}
