package io.provision.redis;

import java.security.SecureRandom;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.SetParams;

/**
 * Sets a key in each namespace and takes it away again, in two or three round trips for all. What another hand keeps
 * under the key's name is left alone, and a second key, which nobody can have, is set in its stead.
 */
final class NamespaceTrials {

    private static final SetParams ONLY_IF_FREE =
            SetParams.setParams().nx().px(NamespaceValidator.EXPIRY_MILLIS);

    /** The key may have run out, and another hand may have set one of its own since. */
    private static final String TAKE_AWAY_IF_OURS = """
            if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
            return 0""";

    private final Jedis jedis;
    private final RedisTarget target;

    /** What tells these trials' keys from all others. */
    private final String token = HexFormat.of().toHexDigits(new SecureRandom().nextLong());

    NamespaceTrials(Jedis jedis, RedisTarget target) {
        this.jedis = jedis;
        this.target = target;
    }

    /** @return one for each trial, in the same order */
    List<Validation> run(Collection<Trial> trials) {
        Map<Trial, String> keys = new LinkedHashMap<>();
        trials.forEach(trial -> keys.put(trial, trial.key()));
        Map<Trial, Answer> set = set(keys);

        Map<Trial, String> secondKeys = new LinkedHashMap<>(keys);
        secondKeys.keySet().removeIf(trial -> !set.get(trial).isNothing());
        secondKeys.replaceAll((trial, key) -> key + ":" + token);
        set.putAll(set(secondKeys));
        keys.putAll(secondKeys);

        Map<Trial, String> ours = new LinkedHashMap<>(keys);
        ours.keySet().removeIf(trial -> !set.get(trial).isDone());
        Map<Trial, Answer> takenAway = takeAway(ours);

        return trials.stream()
                .map(trial -> takenAway.getOrDefault(trial, set.get(trial))
                        .validation(trial, secondKeys.containsKey(trial), target))
                .toList();
    }

    private Map<Trial, Answer> set(Map<Trial, String> keys) {
        return ask("setting a key", keys, (pipeline, key) -> pipeline.set(key, token, ONLY_IF_FREE));
    }

    private Map<Trial, Answer> takeAway(Map<Trial, String> keys) {
        return ask("taking the key away again", keys,
                (pipeline, key) -> pipeline.eval(TAKE_AWAY_IF_OURS, List.of(key), List.of(token)));
    }

    private Map<Trial, Answer> ask(String step, Map<Trial, String> keys, Command command) {
        Map<Trial, Pending> pending = new LinkedHashMap<>();
        try (Pipeline pipeline = jedis.pipelined()) {
            keys.forEach((trial, key) -> pending.put(trial, new Pending(
                    trial.owner().map(owner -> owner.logIn(pipeline)), command.send(pipeline, key))));
        }
        Map<Trial, Answer> answers = new LinkedHashMap<>();
        pending.forEach((trial, p) -> answers.put(trial, p.answer(step)));
        return answers;
    }

    /** What is to be done with one key. */
    private interface Command {

        Response<?> send(Pipeline pipeline, String key);
    }

    /**
     * Answers that are on their way.
     *
     * @param logIn empty where the connection is whose it shall be
     */
    private record Pending(Optional<Response<?>> logIn, Response<?> done) {

        Answer answer(String step) {
            // Without the login, somebody else did it, or was refused it.
            return logIn.flatMap(Pending::refusal)
                    .map(refused -> new Answer("logging in once more", refused.split(" ", 2)[0], false))
                    .or(() -> refusal(done).map(refused -> new Answer(step, refused, false)))
                    .orElseGet(() -> new Answer(step, "", done.get() == null));
        }

        private static Optional<String> refusal(Response<?> response) {
            try {
                response.get();
                return Optional.empty();
            } catch (JedisDataException e) {
                return Optional.of(e.getMessage());
            }
        }
    }

    /**
     * @param refused the server's words, empty where it did what it was told
     * @param isNothing whether it did nothing, because the key stood already
     */
    private record Answer(String step, String refused, boolean isNothing) {

        boolean isDone() {
            return refused.isEmpty() && !isNothing;
        }

        Validation validation(Trial trial, boolean otherKeyStood, RedisTarget target) {
            return new Validation(
                    trial.namespace(),
                    otherKeyStood,
                    refused.isEmpty()
                            ? List.of()
                            : List.of(trial.problem(trial.doing(target, step), target.withoutPassword(refused))));
        }
    }
}
