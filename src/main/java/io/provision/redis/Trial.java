package io.provision.redis;

import io.provision.problem.Problem;
import java.util.Objects;
import java.util.Optional;

/**
 * A namespace that is to be tried, and by whom.
 *
 * @param owner the instance's own user; empty for the provisioning login
 */
record Trial(String namespace, Optional<NamespaceOwner> owner) {

    Trial {
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(owner, "owner");
    }

    static Trial as(NamespaceOwner owner) {
        return new Trial(owner.namespace(), Optional.of(owner));
    }

    static Trial asLogin(String namespace) {
        return new Trial(namespace, Optional.empty());
    }

    String key() {
        return namespace + NamespaceValidator.KEY;
    }

    /** @param step as in "by setting a key" */
    String doing(RedisTarget target, String step) {
        return "Validating the namespace %s at %s%s, by %s".formatted(
                namespace, target.masked(), owner.map(o -> " as its own user " + o.user()).orElse(""), step);
    }

    /** @param answer the server's own words */
    Problem problem(String doing, String answer) {
        return owner.filter(o -> isForbidden(answer))
                .map(o -> Problem.error("%s: the user has no right to do that there (%s)".formatted(doing, answer))
                        .remedy("give it the right: `ACL SETUSER %s %s +set +get +del +eval`"
                                .formatted(o.user(), RedisCommands.word("~" + namespace + ":*"))))
                .orElseGet(() -> Refusal.problem(doing, answer));
    }

    /** What a script may not do is told without the first word that it has elsewhere. */
    private static boolean isForbidden(String answer) {
        return answer.contains(Refusal.NOPERM.name()) || answer.contains("The user executing the script can't");
    }
}
