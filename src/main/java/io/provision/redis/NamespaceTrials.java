package io.provision.redis;

import io.provision.problem.Problem;
import io.provision.redis.Tried.Result;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.params.SetParams;

/**
 * Sets a key in each namespace and takes it away again, in two round trips for all where there is EVAL. What another
 * hand keeps under the key's name is left alone.
 */
final class NamespaceTrials {

    private static final SetParams ONLY_IF_FREE =
            SetParams.setParams().nx().px(NamespaceValidator.EXPIRY_MILLIS);

    /** The key may have run out, and another hand may have set one of its own since. */
    private static final String TAKE_AWAY_IF_OURS = """
            if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
            return 0""";

    private static final String TAKING_AWAY = "taking the key away again";

    private final Jedis jedis;
    private final RedisTarget target;

    /** What tells these trials' keys from all others. */
    private final String token;

    NamespaceTrials(Jedis jedis, RedisTarget target, String token) {
        this.jedis = jedis;
        this.target = target;
        this.token = token;
    }

    /** @return one for each trial, in the same order */
    List<Tried> run(Collection<Trial> trials) {
        Map<Trial, Answer> set = ask("setting a key", trials,
                (pipeline, key) -> pipeline.set(key, token, ONLY_IF_FREE));
        List<Trial> ours = trials.stream().filter(trial -> set.get(trial).isDone()).toList();
        Map<Trial, Answer> takenAway = ask(TAKING_AWAY, ours,
                (pipeline, key) -> pipeline.eval(TAKE_AWAY_IF_OURS, List.of(key), List.of(token)));
        ours.stream()
                .filter(trial -> takenAway.get(trial).isUnknownCommand())
                .forEach(trial -> takenAway.put(trial, takeAwayUnchanged(trial)));
        return trials.stream()
                .map(trial -> takenAway.getOrDefault(trial, set.get(trial)).tried(trial, target))
                .toList();
    }

    /** Where there is no EVAL ({@code rename-command}): three round trips for each. */
    private Answer takeAwayUnchanged(Trial trial) {
        Pending watched;
        Response<String> value;
        try (Pipeline pipeline = jedis.pipelined()) {
            watched = new Pending(
                    trial.owner().map(owner -> owner.logIn(pipeline)),
                    pipeline.sendCommand(Protocol.Command.WATCH, trial.key()));
            value = pipeline.get(trial.key());
        }
        Answer answer = watched.answer(TAKING_AWAY);
        if (!answer.isDone()) {
            return answer;
        }
        try {
            if (token.equals(value.get())) {
                // Not Jedis' Transaction: where MULTI is refused, it sends DEL all the same, and whatever stands by then
                // would be gone.
                jedis.sendCommand(Protocol.Command.MULTI);
                return deletedAtOnce(trial.key());
            }
        } catch (JedisDataException e) {
            answer = new Answer(TAKING_AWAY, e.getMessage(), false);
        }
        unwatch();
        return answer;
    }

    /** In the transaction that was begun; which does nothing where the key has changed, and ends in any case. */
    private Answer deletedAtOnce(String key) {
        Response<?> deleted;
        Response<?> ended;
        try (Pipeline pipeline = jedis.pipelined()) {
            deleted = pipeline.sendCommand(Protocol.Command.DEL, key);
            ended = pipeline.executeCommand(alone(Protocol.Command.EXEC));
        }
        return new Answer(
                TAKING_AWAY, Pending.refusal(deleted).or(() -> Pending.refusal(ended)).orElse(""), false);
    }

    /** Or the next one's transaction would end with this key. Who may not do that is not told so. */
    private void unwatch() {
        try (Pipeline pipeline = jedis.pipelined()) {
            pipeline.executeCommand(alone(Protocol.Command.UNWATCH));
        }
    }

    private static CommandObject<Object> alone(Protocol.Command command) {
        return new CommandObject<>(new CommandArguments(command), BuilderFactory.RAW_OBJECT);
    }

    private Map<Trial, Answer> ask(String step, Collection<Trial> trials, Command command) {
        Map<Trial, Pending> pending = new LinkedHashMap<>();
        try (Pipeline pipeline = jedis.pipelined()) {
            trials.forEach(trial -> pending.put(trial, new Pending(
                    trial.owner().map(owner -> owner.logIn(pipeline)), command.send(pipeline, trial.key()))));
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

        boolean isUnknownCommand() {
            return refused.toLowerCase(Locale.ROOT).contains("unknown command");
        }

        Tried tried(Trial trial, RedisTarget target) {
            if (refused.isEmpty()) {
                return new Tried(trial, isNothing ? Result.STOOD : Result.DONE, Optional.empty());
            }
            Problem problem = trial.problem(trial.doing(target, step), target.withoutPassword(refused));
            boolean moved = Refusal.in(refused).filter(Refusal::meansThatItMoved).isPresent();
            return new Tried(trial, moved ? Result.MOVED : Result.REFUSED, Optional.of(problem));
        }
    }
}
