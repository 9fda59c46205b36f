package io.provision.cli;

import io.provision.plan.Store;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.Stack;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The options that every command has, before its name and after it ({@code cli.md}, "Conventions"). */
final class SharedOptions {

    @Option(names = {"-f", "--manifest"}, paramLabel = "FILE", scope = ScopeType.INHERIT,
            parameterConsumer = Further.class, description = {
        "The manifest; again for one that is laid over it.",
        "Default: ./instances.yaml, then $PROVISION_MANIFEST."})
    private List<Path> manifests = new ArrayList<>();

    @Option(names = "--postgres-url", paramLabel = "URL", scope = ScopeType.INHERIT,
            description = "PostgreSQL, over the manifest's.")
    private Optional<String> postgresUrl = Optional.empty();

    @Option(names = "--redis-url", paramLabel = "URL", scope = ScopeType.INHERIT,
            description = "Redis, over the manifest's.")
    private Optional<String> redisUrl = Optional.empty();

    @Option(names = "--no-embedded", scope = ScopeType.INHERIT,
            description = "Refuse the embedded servers (or PROVISION_EMBEDDED=never).")
    private boolean noEmbedded;

    @Option(names = "--only", paramLabel = "PART", split = ",", scope = ScopeType.INHERIT,
            description = "Only postgres, redis, volumes, or some of them.")
    private List<Store> only = new ArrayList<>();

    @Option(names = {"-o", "--output"}, paramLabel = "FORMAT", scope = ScopeType.INHERIT,
            description = "How the result is written: text, json, yaml, or what else the command knows.")
    private Optional<String> output = Optional.empty();

    @Option(names = {"-q", "--quiet"}, scope = ScopeType.INHERIT, description = "Errors and results only.")
    private boolean quiet;

    @Option(names = {"-v", "--verbose"}, scope = ScopeType.INHERIT, description = "More words, and stack traces.")
    private boolean verbose;

    @Option(names = "--color", paramLabel = "WHEN", scope = ScopeType.INHERIT,
            description = "auto (default), always or never; NO_COLOR counts.")
    private ColorChoice color = ColorChoice.AUTO;

    @Option(names = "--log-format", paramLabel = "FORMAT", scope = ScopeType.INHERIT,
            description = "What standard error carries: text (default) or json.")
    private LogFormat logFormat = LogFormat.TEXT;

    @Option(names = "--lock-timeout", paramLabel = "TIME", scope = ScopeType.INHERIT,
            description = "How long one statement may wait for a lock (2s).")
    private Duration lockTimeout = Duration.ofSeconds(2);

    @Option(names = "--wait", paramLabel = "TIME", scope = ScopeType.INHERIT,
            description = "How long to wait for another run (5min).")
    private Duration waitForOtherRun = Duration.ofMinutes(5);

    @Option(names = "--timeout", paramLabel = "TIME", scope = ScopeType.INHERIT,
            description = "How long to go on retrying one instance (10min).")
    private Duration timeout = Duration.ofMinutes(10);

    @Option(names = "--parallel", paramLabel = "N", scope = ScopeType.INHERIT,
            converter = CountConverter.class, description = "Sessions at a time (4).")
    private int parallel = 4;

    @Option(names = "--metrics", paramLabel = "FILE", scope = ScopeType.INHERIT,
            description = "Write the run's figures there, for Prometheus' textfile collector: plan, init, verify,"
                    + " status, rollback, rotate.")
    private Optional<Path> metrics = Optional.empty();

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT, description = "Show this help.")
    private boolean help;

    @Option(names = {"-V", "--version"}, versionHelp = true, scope = ScopeType.INHERIT,
            description = "Show the version.")
    private boolean version;

    /** Adds to the files named before the subcommand, which picocli would forget when it comes to those behind it. */
    private static final class Further implements IParameterConsumer {

        @Override
        public void consumeParameters(Stack<String> arguments, ArgSpec option, CommandSpec command) {
            if (arguments.isEmpty() || arguments.peek().startsWith("-") || arguments.peek().isEmpty()) {
                throw new ParameterException(command.commandLine(), "-f wants a FILE");
            }
            List<Path> files = option.getValue();
            files.add(Path.of(arguments.pop()));
        }
    }

    /** As given, in order; empty where the default counts. */
    List<Path> manifests() {
        return List.copyOf(manifests);
    }

    Optional<String> postgresUrl() {
        return postgresUrl;
    }

    Optional<String> redisUrl() {
        return redisUrl;
    }

    /** Whether the command line forbids the embedded servers; the environment may, too. */
    boolean noEmbedded() {
        return noEmbedded;
    }

    /** The stores that the command is about; all of them where nothing was said. */
    Set<Store> stores() {
        return only.isEmpty() ? EnumSet.allOf(Store.class) : EnumSet.copyOf(only);
    }

    Optional<String> output() {
        return output;
    }

    boolean quiet() {
        return quiet;
    }

    boolean verbose() {
        return verbose;
    }

    ColorChoice color() {
        return color;
    }

    boolean logsJson() {
        return logFormat == LogFormat.JSON;
    }

    /** To PostgreSQL, zero is for ever; to whoever says it here, it is not at all. */
    Duration lockTimeout() {
        return lockTimeout.isZero() ? Duration.ofMillis(1) : lockTimeout;
    }

    Duration waitForOtherRun() {
        return waitForOtherRun;
    }

    Duration timeout() {
        return timeout;
    }

    int parallel() {
        return parallel;
    }

    Optional<Path> metrics() {
        return metrics;
    }
}
