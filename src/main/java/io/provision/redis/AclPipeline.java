package io.provision.redis;

import io.provision.plan.acl.PatternText;
import io.provision.problem.ProvisionException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
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

    /**
     * @param words texts, or bytes where they are no text
     * @return an answer to each, in the same order
     */
    <T> List<Answer> send(List<T> all, Function<T, ? extends List<?>> words) {
        return send(all, words, BuilderFactory.RAW_OBJECT);
    }

    /** The same, where all answers are lists of texts. */
    <T> List<Answer> sendForTexts(List<T> all, Function<T, List<String>> words) {
        return send(all, words, BuilderFactory.STRING_LIST);
    }

    private <T> List<Answer> send(List<T> all, Function<T, ? extends List<?>> words, Builder<?> form) {
        List<Answer> answers = new ArrayList<>();
        for (List<T> chunk : chunks(all)) {
            answers.addAll(connection.use(jedis -> Sent.of(jedis, chunk, words, form).answers()));
        }
        return answers;
    }

    private static <T> List<List<T>> chunks(List<T> all) {
        List<List<T>> chunks = new ArrayList<>();
        for (int from = 0; from < all.size(); from += CHUNK) {
            chunks.add(all.subList(from, Math.min(from + CHUNK, all.size())));
        }
        return chunks;
    }

    /**
     * Asks, and has what a chunk answers read while the server works on the next. Where the connection breaks, all are
     * asked once more.
     *
     * @param reading of an answer; what it throws, this throws
     * @return what was read of each, in the same order
     */
    <T, A> List<A> ask(List<T> all, Function<T, List<String>> words, BiFunction<T, Answer, A> reading) {
        return all.isEmpty() ? List.of() : connection.use(jedis -> ask(jedis, chunks(all), words, reading));
    }

    private static <T, A> List<A> ask(
            Jedis jedis, List<List<T>> chunks, Function<T, List<String>> words, BiFunction<T, Answer, A> reading) {
        List<A> read = new ArrayList<>();
        Sent<T> sent = Sent.of(jedis, chunks.get(0), words, BuilderFactory.RAW_OBJECT);
        for (int next = 1; next <= chunks.size(); next++) {
            Sent<T> due = sent;
            sent = Sent.of(
                    jedis, next < chunks.size() ? chunks.get(next) : List.of(), words, BuilderFactory.RAW_OBJECT);
            List<Answer> answers = due.answers();
            try {
                for (int i = 0; i < answers.size(); i++) {
                    read.add(reading.apply(due.asked().get(i), answers.get(i)));
                }
            } catch (ProvisionException e) {
                // What is still to come would be taken for the answer to what is asked next.
                sent.answers();
                throw e;
            }
        }
        return read;
    }

    /** A chunk that is on its way. */
    private record Sent<T>(List<T> asked, Pipeline pipeline, List<Response<?>> responses) {

        static <T> Sent<T> of(Jedis jedis, List<T> chunk, Function<T, ? extends List<?>> words, Builder<?> form) {
            Pipeline pipeline = jedis.pipelined();
            List<Response<?>> responses = new ArrayList<>();
            chunk.forEach(one -> responses.add(pipeline.executeCommand(command(words.apply(one), form))));
            return new Sent<>(chunk, pipeline, responses);
        }

        List<Answer> answers() {
            pipeline.sync();
            return responses.stream().map(AclPipeline::answer).toList();
        }
    }

    private static <T> CommandObject<T> command(List<?> words, Builder<T> form) {
        CommandArguments arguments = new CommandArguments(Protocol.Command.ACL);
        words.forEach(word -> arguments.add(word instanceof String text ? PatternText.bytes(text) : word));
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
