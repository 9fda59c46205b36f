package io.provision.report;

import io.provision.status.Discovery;
import io.provision.status.Registration;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What services wrote about themselves, in words and as documents. */
final class RegistrationWords {

    /** So many lines a person reads. */
    private static final int MOST_LINES = 20;

    private final Instant now;
    private final Duration staleAfter;

    /** @param staleAfter how old an entry may be before it is called stale */
    RegistrationWords(Instant now, Duration staleAfter) {
        this.now = now;
        this.staleAfter = staleAfter;
    }

    /** For a cell of a table. */
    String standing(Optional<Registration> registration) {
        return registration.map(this::standing).orElse("no");
    }

    private String standing(Registration entry) {
        if (!entry.faults().isEmpty()) {
            return "malformed";
        }
        return entry.field("status").orElse("yes") + (stale(entry) ? ", stale" : "");
    }

    String since(Optional<Registration> registration) {
        return registration.flatMap(Registration::timestamp)
                .map(written -> written.truncatedTo(ChronoUnit.SECONDS).toString())
                .orElse("-");
    }

    private boolean stale(Registration entry) {
        return entry.stale(now, staleAfter).orElse(false);
    }

    /** A line each, for what no instance of the manifest accounts for. */
    List<String> besides(Discovery discovery) {
        List<String> lines = new ArrayList<>();
        discovery.orphans().stream()
                .limit(MOST_LINES)
                .forEach(entry -> lines.add("of no instance: %s (%s)".formatted(entry.key(), words(entry))));
        long more = Math.max(0, discovery.orphans().size() - MOST_LINES) + discovery.moreOrphans();
        if (more > 0) {
            lines.add("of no instance: %d further entries of discovery".formatted(more));
        }
        if (!discovery.complete()) {
            lines.add("unknown: who else is registered: there are more keys than are looked at");
        }
        return lines;
    }

    private String words(Registration entry) {
        Optional<String> place = entry.field("host").map(host -> "at " + host
                + entry.field("http_port").map(port -> ":" + port).orElse(""));
        Optional<String> since = entry.timestamp().map(written -> "since " + since(Optional.of(entry)));
        return Stream.of(
                        entry.field("status"),
                        place,
                        since,
                        Optional.of("stale").filter(word -> stale(entry)),
                        Optional.of(String.join(", ", entry.faults())).filter(faults -> !faults.isEmpty()))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
    }

    Document document(Registration entry) {
        return new Document()
                .put("key", entry.key())
                .put("service", entry.field("service"))
                .put("instance", entry.field("instance"))
                .put("host", entry.field("host"))
                .put("http_port", port(entry, "http_port"))
                .put("grpc_port", port(entry, "grpc_port"))
                .put("version", entry.field("version"))
                .put("environment", entry.field("environment"))
                .put("status", entry.field("status"))
                .put("healthy", entry.healthy())
                .put("timestamp", entry.timestamp().map(Instant::toString))
                .put("stale", entry.stale(now, staleAfter))
                .put("faults", entry.faults());
    }

    /** A number where it is one. */
    private static Optional<Integer> port(Registration entry, String name) {
        return entry.field(name).filter(text -> text.matches("\\d{1,5}")).map(Integer::valueOf);
    }
}
