package io.provision.redis;

import io.provision.problem.Problem;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.SetParams;

/**
 * Sets a key in each namespace and takes it away again ({@code redis.md}, "What an instance gets", 1). What another
 * hand keeps under the key's name is left alone, and a second key, which nobody can have, is set in its stead.
 */
final class NamespaceValidator {

    /** After so long the server takes the key away by itself, in case the tool was killed in between. */
    static final long EXPIRY_MILLIS = 10_000;

    /** The name of the key, behind the namespace. */
    static final String KEY = ":__validation__";

    /** Large enough for a handful of round trips, small enough for the buffers on both sides. */
    private static final int PAGE = 5_000;

    /** The key may have run out, and another hand may have set one of its own since. */
    private static final String TAKE_AWAY_IF_OURS = """
            if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
            return 0""";

    private final RedisConnection connection;

    /** What tells this run's keys from all others. */
    private final String token = HexFormat.of().toHexDigits(new SecureRandom().nextLong());

    NamespaceValidator(RedisConnection connection) {
        this.connection = connection;
    }

    List<Validation> validate(Collection<String> namespaces) {
        List<String> distinct = List.copyOf(new LinkedHashSet<>(namespaces));
        List<Validation> result = new ArrayList<>();
        for (int from = 0; from < distinct.size(); from += PAGE) {
            List<String> page = distinct.subList(from, Math.min(from + PAGE, distinct.size()));
            result.addAll(connection.use(jedis -> validatePage(jedis, page)));
        }
        return result;
    }

    private List<Validation> validatePage(Jedis jedis, List<String> namespaces) {
        Map<String, String> keys = new LinkedHashMap<>();
        namespaces.forEach(namespace -> keys.put(namespace, namespace + KEY));
        Map<String, Answer> set = set(jedis, keys);

        Map<String, String> secondKeys = new LinkedHashMap<>();
        set.forEach((namespace, answer) -> {
            if (answer.isNothing()) {
                secondKeys.put(namespace, keys.get(namespace) + ":" + token);
            }
        });
        set.putAll(set(jedis, secondKeys));
        keys.putAll(secondKeys);

        Map<String, String> ours = new LinkedHashMap<>(keys);
        ours.keySet().removeIf(namespace -> !set.get(namespace).isDone());
        Map<String, Answer> takenAway = takeAway(jedis, ours);

        return namespaces.stream()
                .map(namespace -> new Validation(
                        namespace,
                        secondKeys.containsKey(namespace),
                        takenAway.getOrDefault(namespace, set.get(namespace)).problem(namespace, connection.target())))
                .toList();
    }

    private Map<String, Answer> set(Jedis jedis, Map<String, String> keys) {
        SetParams onlyIfFree = SetParams.setParams().nx().px(EXPIRY_MILLIS);
        Map<String, Response<?>> responses = new LinkedHashMap<>();
        try (Pipeline pipeline = jedis.pipelined()) {
            keys.forEach((namespace, key) -> responses.put(namespace, pipeline.set(key, token, onlyIfFree)));
        }
        return answers("setting a key", responses);
    }

    private Map<String, Answer> takeAway(Jedis jedis, Map<String, String> keys) {
        Map<String, Response<?>> responses = new LinkedHashMap<>();
        try (Pipeline pipeline = jedis.pipelined()) {
            keys.forEach((namespace, key) ->
                    responses.put(namespace, pipeline.eval(TAKE_AWAY_IF_OURS, List.of(key), List.of(token))));
        }
        return answers("taking the key away again", responses);
    }

    private static Map<String, Answer> answers(String doing, Map<String, Response<?>> responses) {
        Map<String, Answer> answers = new LinkedHashMap<>();
        responses.forEach((namespace, response) -> answers.put(namespace, Answer.of(doing, response)));
        return answers;
    }

    /**
     * @param refused the server's words, empty where it did what it was told
     * @param nothing whether it did nothing, because the key stood already
     */
    private record Answer(String doing, String refused, boolean nothing) {

        static Answer of(String doing, Response<?> response) {
            try {
                return new Answer(doing, "", response.get() == null);
            } catch (JedisDataException e) {
                return new Answer(doing, e.getMessage(), false);
            }
        }

        boolean isNothing() {
            return nothing;
        }

        boolean isDone() {
            return refused.isEmpty() && !nothing;
        }

        List<Problem> problem(String namespace, RedisTarget target) {
            return refused.isEmpty()
                    ? List.of()
                    : List.of(Refusal.problem(
                            "Validating the namespace %s at %s, by %s".formatted(namespace, target.masked(), doing),
                            target.withoutPassword(refused)));
        }
    }
}
