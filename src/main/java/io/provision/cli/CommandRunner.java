package io.provision.cli;

import io.provision.cli.CompletionCommand.Shell;
import io.provision.cli.EmbeddedCommand.Action;
import io.provision.naming.NamingRule;
import io.provision.plan.Store;
import io.provision.plan.acl.RedisVersion;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.problem.Suggestion;
import io.provision.verify.Probe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** From arguments to a subcommand, and through it. */
final class CommandRunner {

    /** Those that are {@link Subcommand#measured}, unless they only show what they would do. */
    private static final List<String> WITH_FIGURES =
            List.of("plan", "init", "verify", "status", "rollback", "rotate");

    private final CommandContext context;
    private final SharedOptions options;

    CommandRunner(CommandContext context, SharedOptions options) {
        this.context = context;
        this.options = options;
    }

    int run(String... args) {
        CommandLine root = commandLine(context, options, List.of(args));
        ParseResult parsed = root.parseArgs(args);
        Integer helped = CommandLine.executeHelpRequest(parsed);
        if (helped != null) {
            return helped;
        }
        if (!parsed.hasSubcommand() && !options.logsJson()) {
            root.usage(context.err());
            return ExitCode.USAGE.value();
        }
        if (!parsed.hasSubcommand()) {
            throw new ParameterException(root, "there is no command");
        }
        Subcommand command = (Subcommand) parsed.subcommand().commandSpec().userObject();
        Messages messages = Messages.of(context, options);
        String name = parsed.subcommand().commandSpec().name();
        requireFigures(name);
        return run(command, new Invocation(context, options, name, format(command, parsed), messages)).value();
    }

    /** A file that is never written would look like a run that never was. */
    private void requireFigures(String name) {
        if (options.metrics().isPresent() && !WITH_FIGURES.contains(name)) {
            throw new ProvisionException(
                    ExitCode.USAGE,
                    Problem.error("`%s` has no figures to write: `--metrics`".formatted(name))
                            .remedy("leave it out; these have some: " + String.join(", ", WITH_FIGURES)));
        }
    }

    /** A run that comes to no result is counted, too: silence would look like the last good one. */
    private static ExitCode run(Subcommand command, Invocation invocation) {
        MetricsFile metrics = new MetricsFile(invocation);
        try {
            return command.run(invocation);
        } catch (RuntimeException e) {
            boolean tried = !(e instanceof ProvisionException told) || told.exitCode() != ExitCode.USAGE;
            if (command.measured() && tried) {
                metrics.writeFailure();
            }
            throw e;
        }
    }

    static CommandLine commandLine(CommandContext context, SharedOptions options, List<String> args) {
        CommandLine root = new CommandLine(new ProvisionCommand(options));
        new Subcommands().addTo(root, args);
        HelpLayout.applyTo(root);
        root.registerConverter(Path.class, new FileConverter());
        root.registerConverter(Duration.class, new DurationConverter());
        root.registerConverter(Store.class, WordConverter.of(Store.values(), CommandRunner::part));
        root.registerConverter(NamingRule.class, WordConverter.of(NamingRule.values(), NamingRule::id));
        root.registerConverter(RenderChoice.class, WordConverter.of(RenderChoice.ALL, RenderChoice::word));
        root.registerConverter(RedisVersion.class, WordConverter.of(RedisVersion.values(), RedisVersion::toString));
        root.registerConverter(ColorChoice.class, WordConverter.of(ColorChoice.values(), ColorChoice::toString));
        root.registerConverter(Action.class, WordConverter.of(Action.values(), Action::toString));
        root.registerConverter(Shell.class, WordConverter.of(Shell.values(), Shell::toString));
        root.registerConverter(Probe.class, WordConverter.of(Probe.values(), Probe::toString));
        root.registerConverter(LogFormat.class, WordConverter.of(LogFormat.values(), LogFormat::toString));
        return root.setOut(context.out())
                .setErr(context.err())
                .setOverwrittenOptionsAllowed(true)
                // picocli would read arguments from the file that follows an @.
                .setExpandAtFiles(false)
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
    }

    /** As {@code --only} has it. */
    static String part(Store store) {
        return store == Store.VOLUME ? "volumes" : store.id();
    }

    private OutputFormat format(Subcommand command, ParseResult parsed) {
        List<OutputFormat> accepted = command.formats();
        if (options.output().isEmpty()) {
            return accepted.get(0);
        }
        String wanted = options.output().get();
        return OutputFormat.in(accepted, wanted).orElseThrow(() -> new ProvisionException(
                ExitCode.USAGE,
                Problem.error("`%s` does not write `-o %s`".formatted(parsed.subcommand().commandSpec().name(), wanted))
                        .remedy("it writes " + OutputFormat.list(accepted))));
    }

    /** Says what is wrong with the command line, what was meant perhaps, and where to read on. */
    int usage(ParameterException e, String... args) {
        CommandSpec command = e.getCommandLine().getCommandSpec();
        List<String> unmatched = unmatched(e.getCommandLine());
        String message = unmatched.isEmpty() ? e.getMessage() : unknown(command, unmatched.get(0));
        String meant = unmatched.stream().findFirst()
                .flatMap(argument -> meant(command, argument))
                .map(word -> "did you mean `" + word + "`?\n")
                .orElse("");
        readOn(args);
        Messages.of(context, options).tell(Problem.error(message)
                .remedy(meant + "`" + command.qualifiedName() + " --help` shows how"));
        return ExitCode.USAGE.value();
    }

    /** Picocli stops at the first fault, and how it is to be told may stand behind that. */
    private void readOn(String... args) {
        CommandLine root = commandLine(context, options, List.of(args));
        root.getCommandSpec().parser().collectErrors(true);
        root.parseArgs(args);
    }

    /** Those before the subcommand's name, too: picocli tells of a parameter that is missing first. */
    private static List<String> unmatched(CommandLine command) {
        List<String> own = command.getUnmatchedArguments();
        return own.isEmpty() && command.getParent() != null ? unmatched(command.getParent()) : own;
    }

    private static Optional<String> meant(CommandSpec command, String argument) {
        return argument.startsWith("-")
                ? Suggestion.nearest(argument.replaceFirst("=.*", ""), command.optionsMap().keySet())
                : Suggestion.nearest(argument, command.subcommands().keySet());
    }

    private static String unknown(CommandSpec command, String argument) {
        if (argument.startsWith("-")) {
            return "unknown option `" + argument + "`";
        }
        return command.subcommands().isEmpty()
                ? "`" + command.name() + "` does not take `" + argument + "`"
                : "unknown command `" + argument + "`";
    }
}
