package io.provision.redis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;

/** Reads discovery entries, in two round trips for a thousand. */
final class DiscoveryReader {

    private static final String[] FIELDS = DiscoveryEntry.FIELDS.toArray(String[]::new);

    private static final int PAGE = 1_000;

    /** In bytes: an entry is a few hundred, and a mistake must not fill this machine's memory. */
    private static final int LONGEST = 65_536;

    private final RedisConnection connection;

    DiscoveryReader(RedisConnection connection) {
        this.connection = connection;
    }

    /** In the order of the keys; those that are not there, or not any more, are left out. */
    List<DiscoveryEntry> read(Collection<String> keys) {
        List<String> sorted = List.copyOf(new TreeSet<>(keys));
        List<DiscoveryEntry> entries = new ArrayList<>();
        for (int from = 0; from < sorted.size(); from += PAGE) {
            List<String> page = sorted.subList(from, Math.min(from + PAGE, sorted.size()));
            entries.addAll(connection.use(jedis -> readPage(jedis, page)));
        }
        return entries;
    }

    private List<DiscoveryEntry> readPage(Jedis jedis, List<String> keys) {
        Map<String, Kind> kinds = new LinkedHashMap<>();
        try (Pipeline pipeline = jedis.pipelined()) {
            keys.forEach(key -> kinds.put(key, Kind.asked(pipeline, key)));
        }
        List<Pending> pending = new ArrayList<>();
        try (Pipeline pipeline = jedis.pipelined()) {
            kinds.forEach((key, kind) -> pending.add(new Pending(key, ask(pipeline, key, kind))));
        }
        return pending.stream().flatMap(p -> p.entry().stream()).toList();
    }

    /**
     * What a key holds.
     *
     * @param lengths in bytes, of the fields that an entry has; an error where it holds no hash
     */
    private record Kind(Response<String> type, List<Response<Long>> lengths) {

        static Kind asked(Pipeline pipeline, String key) {
            return new Kind(
                    pipeline.type(key),
                    DiscoveryEntry.FIELDS.stream().map(field -> pipeline.hstrlen(key, field)).toList());
        }

        long length() {
            return lengths.stream().mapToLong(Response::get).sum();
        }
    }

    private Function<String, Optional<DiscoveryEntry>> ask(Pipeline pipeline, String key, Kind kind) {
        try {
            String type = kind.type().get();
            return switch (type) {
                case "none" -> k -> Optional.empty();
                case "string" -> text(pipeline.getrange(key, 0, LONGEST));
                case "hash" -> kind.length() > LONGEST
                        ? DiscoveryReader::tooLong
                        : fields(pipeline.hmget(key, FIELDS));
                default -> k -> Optional.of(
                        new DiscoveryEntry.Unreadable(k, "it is a %s, neither a string nor a hash".formatted(type)));
            };
        } catch (JedisDataException e) {
            return k -> Optional.of(new DiscoveryEntry.Hidden(k, told(e)));
        }
    }

    private static Optional<DiscoveryEntry> tooLong(String key) {
        return Optional.of(new DiscoveryEntry.Unreadable(key, "it is longer than %d bytes".formatted(LONGEST)));
    }

    private Function<String, Optional<DiscoveryEntry>> text(Response<String> text) {
        return key -> text.get().length() > LONGEST
                ? tooLong(key)
                : Optional.of(text.get()).filter(t -> !t.isEmpty()).map(t -> new DiscoveryEntry.Text(key, t));
    }

    private Function<String, Optional<DiscoveryEntry>> fields(Response<List<String>> values) {
        return key -> {
            Map<String, String> fields = new LinkedHashMap<>();
            for (int i = 0; i < FIELDS.length; i++) {
                String name = FIELDS[i];
                Optional.ofNullable(values.get().get(i)).ifPresent(value -> fields.put(name, value));
            }
            return Optional.of(new DiscoveryEntry.Fields(key, fields));
        };
    }

    private String told(JedisDataException e) {
        return "the server says: " + connection.target().withoutPassword(e.getMessage());
    }

    /** An entry whose answer is on its way. */
    private final class Pending {

        private final String key;
        private final Function<String, Optional<DiscoveryEntry>> answer;

        Pending(String key, Function<String, Optional<DiscoveryEntry>> answer) {
            this.key = key;
            this.answer = answer;
        }

        Optional<DiscoveryEntry> entry() {
            try {
                return answer.apply(key);
            } catch (JedisDataException e) {
                return Optional.of(new DiscoveryEntry.Hidden(key, told(e)));
            }
        }
    }
}
