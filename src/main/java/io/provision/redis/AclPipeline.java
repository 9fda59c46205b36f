package io.provision.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import redis.clients.jedis.Builder;
import redis.clients.jedis.BuilderFactory;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;

/** Sends many {@code ACL} commands to one server, a chunk in each round trip. */
final class AclPipeline {

    /** A server answers a GETUSER in a tenth of a millisecond, and others get their turn between two. */
    static final int CHUNK = 500;

    private final RedisConnection connection;

    AclPipeline(RedisConnection connection) {
        this.connection = connection;
    }

    /** What a server answered, or why it did not do it. */
    record Answer(Object value, String refused) {

        boolean isRefused() {
            return !refused.isEmpty();
        }
    }

    /** @return an answer to each, in the same order */
    <T> List<Answer> send(List<T> all, Function<T, List<String>> words) {
        return send(all, words, BuilderFactory.RAW_OBJECT);
    }

    /** The same, where all answers are lists of texts. */
    <T> List<Answer> sendForTexts(List<T> all, Function<T, List<String>> words) {
        return send(all, words, BuilderFactory.STRING_LIST);
    }

    private <T> List<Answer> send(List<T> all, Function<T, List<String>> words, Builder<?> form) {
        List<Answer> answers = new ArrayList<>();
        for (int from = 0; from < all.size(); from += CHUNK) {
            List<T> chunk = all.subList(from, Math.min(from + CHUNK, all.size()));
            answers.addAll(connection.use(jedis -> sendChunk(jedis, chunk, words, form)));
        }
        return answers;
    }

    private static <T> List<Answer> sendChunk(
            Jedis jedis, List<T> chunk, Function<T, List<String>> words, Builder<?> form) {
        List<Response<?>> responses = new ArrayList<>();
        try (Pipeline pipeline = jedis.pipelined()) {
            chunk.forEach(one -> responses.add(pipeline.executeCommand(command(words.apply(one), form))));
        }
        return responses.stream().map(AclPipeline::answer).toList();
    }

    private static <T> CommandObject<T> command(List<String> words, Builder<T> form) {
        CommandArguments arguments = new CommandArguments(Protocol.Command.ACL);
        words.forEach(arguments::add);
        return new CommandObject<>(arguments, form);
    }

    private static Answer answer(Response<?> response) {
        try {
            Object value = response.get();
            return new Answer(value == null ? List.of() : value, "");
        } catch (JedisDataException e) {
            return new Answer(List.of(), e.getMessage());
        }
    }
}
