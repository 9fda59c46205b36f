package io.provision.redis;

import io.provision.problem.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
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

/**
 * An instance's own user who stands on the server. AUTH answers a user who does not and a wrong password alike, so
 * who stands is asked before, unless the tool has just made it: of all that is asked, a server takes longest to tell
 * of a user (0.7 ms, where AUTH takes a microsecond).
 *
 * @param off whether it may not log in at all
 */
record StandingOwner(NamespaceOwner owner, boolean off) {

    /**
     * Asks in one round trip for all that were not made by this run.
     *
     * @return without those of whom the server does not tell, because it knows no ACL or the login may not ask
     */
    static List<StandingOwner> among(Jedis jedis, Collection<NamespaceOwner> owners) {
        Map<NamespaceOwner, Response<Object>> answers = new LinkedHashMap<>();
        try (Pipeline pipeline = jedis.pipelined()) {
            owners.stream()
                    .filter(owner -> !owner.made())
                    .forEach(owner -> answers.put(owner, pipeline.executeCommand(getUser(owner.user()))));
        }
        List<StandingOwner> standing = new ArrayList<>();
        owners.stream().filter(NamespaceOwner::made).forEach(owner -> standing.add(new StandingOwner(owner, false)));
        answers.forEach((owner, answer) -> told(answer).ifPresent(
                user -> standing.add(new StandingOwner(owner, !user.rules().on()))));
        return standing;
    }

    private static CommandObject<Object> getUser(String user) {
        return new CommandObject<>(
                new CommandArguments(Protocol.Command.ACL).add(Protocol.Keyword.GETUSER).add(user),
                BuilderFactory.RAW_OBJECT);
    }

    private static Optional<AclAnswer> told(Response<Object> answer) {
        try {
            return AclAnswer.of(answer.get());
        } catch (JedisDataException e) {
            return Optional.empty();
        }
    }

    /**
     * Logs in as each of them, in one round trip, before any of them does anything: after an AUTH that is refused the
     * connection is still its predecessor's, who would do what comes next.
     *
     * @return what is wrong with each, in their order; empty for those who can log in; without those of whom it turns
     *     out that their password is not known
     */
    static Map<StandingOwner, List<Problem>> logIn(Jedis jedis, RedisTarget target, List<StandingOwner> owners) {
        Map<StandingOwner, Response<?>> answers = new LinkedHashMap<>();
        try (Pipeline pipeline = jedis.pipelined()) {
            owners.forEach(standing -> answers.put(standing, standing.owner().logIn(pipeline)));
        }
        Map<StandingOwner, List<Problem>> problems = new LinkedHashMap<>();
        answers.forEach((standing, answer) -> {
            if (!standing.hasAnotherPassword(answer)) {
                problems.put(standing, standing.problems(answer, target));
            }
        });
        return problems;
    }

    private boolean hasAnotherPassword(Response<?> answer) {
        try {
            answer.get();
            return false;
        } catch (JedisDataException e) {
            return !owner.certain() && !off && Refusal.in(e.getMessage()).filter(Refusal.WRONGPASS::equals).isPresent();
        }
    }

    private List<Problem> problems(Response<?> answer, RedisTarget target) {
        try {
            answer.get();
            return List.of();
        } catch (JedisDataException e) {
            return List.of(problem(
                    Trial.as(owner).doing(target, "logging in"), owner.withoutPassword(e.getMessage())));
        }
    }

    private Problem problem(String doing, String answer) {
        if (Refusal.in(answer).filter(Refusal.WRONGPASS::equals).isEmpty()) {
            // Only the first word: a server that does not know AUTH repeats what it was sent, the password too.
            return Refusal.problem(doing, answer.split(" ", 2)[0]);
        }
        return off
                ? Problem.error("%s: the user is off (%s)".formatted(doing, answer))
                        .remedy("switch it on with `ACL SETUSER %s on`".formatted(owner.user()))
                : Problem.error("%s: the user has another password than the manifest knows (%s)"
                                .formatted(doing, answer))
                        .remedy("a user who stands keeps the password it has: let `redis_password` of the manifest"
                                + " name that one");
    }
}
