package io.provision.verify;

import io.provision.postgres.isolation.RoleGrant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a role comes by the rights of another: by memberships, one after the other.
 *
 * @param from the role that goes it
 * @param steps none where it is the role itself
 * @param becomes whether it can be the other role, not only use its rights: attributes are not inherited
 */
record Way(String from, List<RoleGrant> steps, boolean becomes) {

    Way {
        steps = List.copyOf(steps);
    }

    String to() {
        return steps.isEmpty() ? from : steps.get(steps.size() - 1).role();
    }

    /** The membership without which there is no such way; empty where it is the role itself. */
    Optional<RoleGrant> first() {
        return steps.stream().findFirst();
    }

    /** @param how what the role at its end has or is */
    String sentence(String how) {
        return steps.isEmpty()
                ? from + " " + how
                : steps.stream().map(step -> step(step) + step.role()).collect(Collectors.joining(
                        ", which ", from + " ", ", which " + how));
    }

    private static String step(RoleGrant grant) {
        if (grant.inherits()) {
            return "is a member of ";
        }
        return grant.sets() ? "may SET ROLE to " : "may grant itself (ADMIN) ";
    }
}
