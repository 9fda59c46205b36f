package io.provision.cli;

import io.provision.postgres.Verifier;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import picocli.CommandLine.Command;

/**
 * What the launcher calls once, to have Java write its classes down in the form that the next starts are fastest with:
 * does what commands do that need no server, and loads what the others need.
 */
@Command(name = TrainCommand.NAME, hidden = true, description = "Loads what commands need, for an archive of classes.")
final class TrainCommand implements Subcommand {

    static final String NAME = "train";

    static final String MANIFEST = """
            ecosystem: training
            postgres: {url: "postgresql://training@127.0.0.1:1/training"}
            redis: {url: "redis://127.0.0.1:1"}
            defaults: {readers: [monitor_user], volumes: {root: ./volumes}}
            services:
              audit-correlator: {adapter: audit-data-adapter, legacy_schemas: [audit_old], ports: {http: 8083}}
              exchange-simulator: {labels: {entity_type: exchange}, migrate: {tables: [audit_events]}}
            instances:
              audit-correlator: {}
              exchange-OKX: {service: exchange-simulator, ports: {http: 8081}}
            """;

    /** Without those that a command seldom needs, such as the drivers' own annotations and pools. */
    private static final Pattern CLASSES = Pattern.compile(
            "(io/provision/(?!embedded/)|com/fasterxml/jackson/|org/postgresql/(?!osgi/|xa/|largeobject/)"
                    + "|redis/clients/jedis/(?!search|json|graph|timeseries|bloom)[A-Z]).*\\.class");

    @Override
    public List<OutputFormat> formats() {
        return List.of(OutputFormat.TEXT);
    }

    @Override
    public ExitCode run(Invocation invocation) {
        try {
            Path folder = Files.createTempDirectory("provision-training-");
            try {
                Files.writeString(folder.resolve("instances.yaml"), MANIFEST);
                commands(folder, invocation.context());
            } finally {
                delete(folder);
            }
            load();
            // The driver's way, which other letters take; a login goes it, too.
            Verifier.of("tr\u00e4ining".toCharArray());
            return ExitCode.DONE;
        } catch (IOException e) {
            throw new ProvisionException(
                    ExitCode.FAILED, List.of(Problem.error("the training failed: " + e.getMessage())), e);
        }
    }

    /** Those that need a server go as far as they get: nobody listens on port 1. */
    private static void commands(Path folder, CommandContext context) {
        Stream.of(
                        List.of("derive", "exchange-OKX"),
                        List.of("derive", "-o", "json"),
                        List.of("validate"),
                        List.of("render", "all", "--to", folder.resolve("rendered").toString()),
                        List.of("plan"),
                        List.of("plan", "--only", "redis"),
                        List.of("plan", "--only", "volumes"),
                        List.of("derive", "exchange-OKX", "--wrong"))
                .forEach(arguments -> Main.run(silent(folder, context), arguments.toArray(String[]::new)));
    }

    private static CommandContext silent(Path folder, CommandContext context) {
        return new CommandContext(
                new BufferedReader(new StringReader("")),
                new PrintWriter(new StringWriter()),
                new PrintWriter(new StringWriter()),
                Map.of(),
                folder,
                context.clock(),
                Terminal.NONE);
    }

    private static void load() throws IOException {
        Path jar = Path.of(System.getProperty("java.class.path").split(File.pathSeparator)[0]);
        if (!Files.isRegularFile(jar)) {
            return;
        }
        try (JarFile entries = new JarFile(jar.toFile())) {
            entries.stream()
                    .map(ZipEntry::getName)
                    .filter(CLASSES.asMatchPredicate())
                    .forEach(TrainCommand::load);
        }
    }

    private static void load(String entry) {
        String name = entry.substring(0, entry.length() - ".class".length()).replace('/', '.');
        try {
            Class.forName(name, false, TrainCommand.class.getClassLoader());
        } catch (ClassNotFoundException | LinkageError optional) {
            // Drivers have classes for libraries that are not here.
            return;
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            tree.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
    }
}
