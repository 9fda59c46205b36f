package io.provision.naming;

import io.provision.problem.Problem;
import java.util.Objects;
import java.util.Optional;

/**
 * Two instances that want the same thing ({@code naming.md}, "What names must satisfy").
 *
 * @param first the instance that has it, or whose namespace or folder holds the other's
 * @param second the other; the first again where one instance wants a port twice
 * @param firstName what the first is given: a name, a folder or a port
 * @param secondName what the second is given
 * @param message both instances and both names, as a sentence
 * @param remedy what to change in the manifest
 */
public record Collision(
        Kind kind,
        Problem.Severity severity,
        String first,
        String firstName,
        String second,
        String secondName,
        String message,
        String remedy) {

    public enum Kind {
        SCHEMA("schema"),
        ROLE("role"),
        REDIS_USER("Redis user"),
        DISCOVERY_KEY("discovery key"),
        NAMESPACE("namespace"),
        VOLUME("volume folder"),
        PORT("host port");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        public String label() {
            return label;
        }
    }

    public Collision {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(firstName, "firstName");
        Objects.requireNonNull(second, "second");
        Objects.requireNonNull(secondName, "secondName");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(remedy, "remedy");
    }

    /** The collision as a problem, still without the place of either instance. */
    public Problem problem() {
        return new Problem(severity, message, Optional.empty(), Optional.of(remedy));
    }
}
