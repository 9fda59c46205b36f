package io.provision.cli;

import io.provision.problem.IoReason;
import io.provision.problem.Problem;
import io.provision.report.RunMetrics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BiFunction;

/** Writes a run's figures where {@code --metrics} says. */
final class MetricsFile {

    private final Invocation invocation;
    private final Instant started;

    /** Begins to measure. */
    MetricsFile(Invocation invocation) {
        this.invocation = invocation;
        this.started = invocation.context().clock().instant();
    }

    /** That the run came to no result. */
    void writeFailure() {
        write(RunMetrics::ofFailure);
    }

    /** @param figures makes them, from when the run ended and how long it took */
    void write(BiFunction<Instant, Duration, RunMetrics> figures) {
        invocation.options().metrics().map(invocation::path).ifPresent(file -> {
            Instant ended = invocation.context().clock().instant();
            try {
                String ecosystem = ManifestFiles.load(invocation).ecosystem();
                RunMetrics metrics = figures.apply(ended, Duration.between(started, ended));
                WholeFile.replace(file, metrics.text(ecosystem, invocation.command()));
            } catch (IOException e) {
                // What the run did stands, whether anybody counts it or not.
                String message = "the metrics could not be written to %s: %s".formatted(file, IoReason.of(e));
                invocation.messages().tell(Problem.warning(message)
                        .remedy(IoReason.remedy(e, "make its folder, writable for the user that runs this")));
            }
        });
    }
}
