package io.provision.status;

import io.provision.naming.Names;
import io.provision.redis.DiscoveryEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a service wrote about itself in discovery ({@code redis.md}, "Rules").
 *
 * @param fields those of the entry that are known, as text, fit to be printed
 * @param timestamp when it says that it was written
 * @param faults why it is malformed, in sentences without a full stop
 */
public record Registration(
        String key, Map<String, String> fields, Optional<Instant> timestamp, List<String> faults) {

    /** What services call good health. */
    private static final Set<String> HEALTHY = Set.of("healthy", "ok", "up", "serving", "passing");

    /** In characters: beyond it a field is a mistake. */
    private static final int LONGEST_FIELD = 200;

    public Registration {
        Objects.requireNonNull(key, "key");
        fields = Collections.unmodifiableMap(new TreeMap<>(fields));
        Objects.requireNonNull(timestamp, "timestamp");
        faults = List.copyOf(faults);
    }

    /** @param json the fields of an object written as JSON, as text; empty where it is none */
    static Registration of(DiscoveryEntry entry, Function<String, Optional<Map<String, String>>> json) {
        if (entry instanceof DiscoveryEntry.Fields hash) {
            return read(hash.key(), hash.fields());
        }
        if (entry instanceof DiscoveryEntry.Text text) {
            return json.apply(text.text())
                    .map(fields -> read(text.key(), fields))
                    .orElseGet(() -> faulty(text.key(), "it is no JSON object"));
        }
        return faulty(
                entry.key(),
                entry instanceof DiscoveryEntry.Unreadable unreadable
                        ? unreadable.why()
                        : ((DiscoveryEntry.Hidden) entry).why());
    }

    private static Registration faulty(String key, String why) {
        return new Registration(printable(key), Map.of(), Optional.empty(), List.of(why));
    }

    private static Registration read(String key, Map<String, String> written) {
        Map<String, String> fields = new TreeMap<>();
        written.forEach((name, value) -> {
            if (DiscoveryEntry.FIELDS.contains(name) && !value.isBlank()) {
                fields.put(name, printable(value));
            }
        });
        Optional<Instant> timestamp = Optional.ofNullable(fields.get("timestamp")).flatMap(TimestampText::read);
        return new Registration(printable(key), fields, timestamp, faults(key, fields, timestamp));
    }

    private static List<String> faults(String key, Map<String, String> fields, Optional<Instant> timestamp) {
        List<String> faults = new ArrayList<>();
        Optional<String> service = Optional.ofNullable(fields.get("service"));
        Optional<String> instance = Optional.ofNullable(fields.get("instance"));
        boolean another = service.filter(s -> !key.startsWith(Names.DISCOVERY_PREFIX + s + ":")).isPresent()
                || instance.filter(i -> !key.endsWith(":" + i)).isPresent();
        if (another) {
            faults.add("it says that it is of "
                    + Stream.of(service, instance).flatMap(Optional::stream).collect(Collectors.joining(" ")));
        }
        if (!fields.containsKey("status")) {
            faults.add("it has no status");
        }
        if (timestamp.isEmpty()) {
            faults.add(fields.containsKey("timestamp")
                    ? "its timestamp `%s` is none".formatted(fields.get("timestamp"))
                    : "it has no timestamp");
        }
        return faults;
    }

    /** Whoever may write the entry does not write on the terminal of who looks at it. */
    private static String printable(String text) {
        String clean = text.strip().replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
        return clean.length() > LONGEST_FIELD
                ? clean.substring(0, clean.offsetByCodePoints(0, clean.codePointCount(0, LONGEST_FIELD))) + "…"
                : clean;
    }

    public Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }

    /** Empty where it does not say how it is. */
    public Optional<Boolean> healthy() {
        return field("status").map(status -> HEALTHY.contains(status.toLowerCase(Locale.ROOT)));
    }

    /**
     * Empty where it does not say when it was written.
     *
     * @param after how old it may be
     */
    public Optional<Boolean> stale(Instant now, Duration after) {
        return timestamp.map(written -> written.isBefore(now.minus(after)));
    }
}
