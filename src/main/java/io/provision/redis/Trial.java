package io.provision.redis;

import io.provision.plan.RedisResource.ValidatedNamespace;
import io.provision.problem.Problem;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A namespace that is to be tried, and by whom.
 *
 * @param owner the instance's own user; empty for the provisioning login
 * @param key that is set
 */
record Trial(String namespace, Optional<NamespaceOwner> owner, String key) {

    private static final Pattern IN_TRANSACTION = Pattern.compile("'(watch|multi|exec)'");

    Trial {
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(owner, "owner");
        Objects.requireNonNull(key, "key");
    }

    static Trial as(NamespaceOwner owner) {
        return new Trial(owner.namespace(), Optional.of(owner), ValidatedNamespace.key(owner.namespace()));
    }

    static Trial asLogin(String namespace) {
        return new Trial(namespace, Optional.empty(), ValidatedNamespace.key(namespace));
    }

    /** The same with a key that nobody can have. */
    Trial withKeyOf(String token) {
        return new Trial(namespace, owner, ValidatedNamespace.key(namespace) + ":" + token);
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
                        .remedy("give it the right: `ACL SETUSER %s %s %s`"
                                .formatted(o.user(), RedisCommands.word("~" + namespace + ":*"), rights(answer))))
                .orElseGet(() -> Refusal.problem(doing, answer));
    }

    /** Transactions are asked for where the server has no EVAL. */
    private static String rights(String answer) {
        return IN_TRANSACTION.matcher(answer).find() ? "+@transaction" : "+set +get +del +eval";
    }

    /** What a script may not do is told without the first word that it has elsewhere. */
    private static boolean isForbidden(String answer) {
        return answer.contains(Refusal.NOPERM.name()) || answer.contains("The user executing the script can't");
    }
}
