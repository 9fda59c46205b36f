package io.provision.redis;

import io.provision.problem.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Tries each namespace ({@code redis.md}, "What an instance gets", 1): as the instance's own user where that one stands
 * and its password is known, as the provisioning login elsewhere.
 */
final class NamespaceValidator {

    /** After so long the server takes the key away by itself, in case the tool was killed in between. */
    static final long EXPIRY_MILLIS = 10_000;

    /** The name of the key, behind the namespace. */
    static final String KEY = ":__validation__";

    /** Large enough for a handful of round trips, small enough for the buffers on both sides. */
    private static final int PAGE = 5_000;

    private final RedisConnection connection;

    NamespaceValidator(RedisConnection connection) {
        this.connection = connection;
    }

    List<Validation> validate(Collection<String> namespaces, Collection<NamespaceOwner> owners) {
        Set<String> distinct = new LinkedHashSet<>(namespaces);
        List<Validation> tried = new ArrayList<>(asOwners(
                owners.stream().filter(owner -> distinct.contains(owner.namespace())).toList()));
        Set<String> byOwners = tried.stream().map(Validation::namespace).collect(Collectors.toSet());
        tried.addAll(asLogin(distinct.stream().filter(n -> !byOwners.contains(n)).toList()));

        Map<String, Validation> byNamespace = tried.stream()
                .collect(Collectors.toMap(Validation::namespace, Function.identity(), Validation::and));
        return distinct.stream().map(byNamespace::get).toList();
    }

    private List<Validation> asLogin(List<String> namespaces) {
        List<Trial> trials = namespaces.stream().map(Trial::asLogin).toList();
        return inPages(trials, page -> connection.use(
                jedis -> new NamespaceTrials(jedis, connection.target()).run(page)));
    }

    /** On one connection more for all of them: not every server can give a connection back to the login. */
    private List<Validation> asOwners(List<NamespaceOwner> owners) {
        List<StandingOwner> standing =
                inPages(owners, page -> connection.use(jedis -> StandingOwner.among(jedis, page)));
        if (standing.isEmpty()) {
            return List.of();
        }
        try (RedisConnection theirs = connection.another()) {
            return inPages(standing, page -> validatePage(theirs, page));
        }
    }

    private static List<Validation> validatePage(RedisConnection theirs, List<StandingOwner> page) {
        Map<StandingOwner, List<Problem>> logins =
                theirs.use(jedis -> StandingOwner.logIn(jedis, theirs.target(), page));
        List<Trial> trials = logins.entrySet().stream()
                .filter(login -> login.getValue().isEmpty())
                .map(login -> Trial.as(login.getKey().owner()))
                .toList();
        List<Validation> result =
                new ArrayList<>(theirs.use(jedis -> new NamespaceTrials(jedis, theirs.target()).run(trials)));
        logins.forEach((standing, problems) -> {
            if (!problems.isEmpty()) {
                result.add(new Validation(standing.owner().namespace(), false, problems));
            }
        });
        return result;
    }

    private static <T, R> List<R> inPages(List<T> all, Function<List<T>, List<R>> work) {
        List<R> result = new ArrayList<>();
        for (int from = 0; from < all.size(); from += PAGE) {
            result.addAll(work.apply(all.subList(from, Math.min(from + PAGE, all.size()))));
        }
        return result;
    }
}
