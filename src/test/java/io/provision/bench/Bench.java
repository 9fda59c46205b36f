package io.provision.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** {@code scripts/bench}: measures, prints a table, and writes JSON. */
public final class Bench {

    private final Arguments arguments;
    private final PrintStream progress;

    private Bench(Arguments arguments, PrintStream progress) {
        this.arguments = arguments;
        this.progress = progress;
    }

    public static void main(String[] args) throws Exception {
        Arguments arguments = new Arguments();
        CommandLine line = new CommandLine(arguments).setCaseInsensitiveEnumValuesAllowed(true);
        try {
            line.parseArgs(args);
        } catch (ParameterException e) {
            System.err.println("bench: " + e.getMessage());
            System.exit(2);
        }
        if (CommandLine.printHelpIfRequested(line.getParseResult())) {
            return;
        }
        Result result = new Bench(arguments, System.err).run();
        System.out.print(result.table());
        if (arguments.json.isPresent()) {
            Files.writeString(arguments.json.get(), result.json());
        }
    }

    private Result run() throws IOException, InterruptedException, SQLException, URISyntaxException {
        Path root = Files.createTempDirectory("provision-bench-");
        try (Template template = Template.make(root, arguments)) {
            List<Figure> figures = new ArrayList<>();
            for (int instances : arguments.instances) {
                Path folder = Files.createDirectory(root.resolve(Integer.toString(instances)));
                Job job = Job.of(instances, folder.resolve("job"));
                Trial trial = new Trial(arguments, template, job, new Tool(arguments.launcher, job), figure -> {
                    figures.add(figure);
                    progress.print(Result.line(figure));
                });
                new Measuring(trial, folder).measure();
            }
            return new Result(setting(), figures);
        }
    }

    private Map<String, String> setting() throws IOException {
        Map<String, String> setting = new LinkedHashMap<>();
        setting.put("machine", Machine.description());
        setting.put("java", System.getProperty("java.vm.version"));
        setting.put("runs", arguments.runs + " pairs, one more thrown away");
        setting.put("login", arguments.login.toString());
        setting.put("postgres", arguments.postgres.map(jar -> jar.getFileName().toString()).orElse("embedded"));
        setting.put("tables of others", Integer.toString(arguments.tables));
        setting.put("parallel", arguments.parallel.map(sessions -> Integer.toString(sessions)).orElse("default"));
        setting.put("psql", new Psql().description());
        setting.put("redis-cli", new RedisPipe().description());
        return setting;
    }
}
