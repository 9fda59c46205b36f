package io.provision.cli;

import io.provision.naming.NamingRule;
import io.provision.plan.Hazard;
import io.provision.plan.Store;
import java.util.Arrays;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Completion of commands, options and their words, for bash and zsh. Which words an option takes is told here and not
 * beside the option, because every start of every command would read it there.
 */
final class CompletionScript {

    private static final List<OutputFormat> COMMON = List.of(OutputFormat.TEXT, OutputFormat.JSON, OutputFormat.YAML);

    private CompletionScript() {}

    /** Leaves {@code root} with the words in it, which changes nothing but completion. */
    static String of(CommandSpec root) {
        addWords(root, COMMON);
        for (CommandLine subcommand : root.subcommands().values()) {
            addWords(subcommand.getCommandSpec(), ((Subcommand) subcommand.getCommand()).formats());
        }
        return AutoComplete.bash(root.name(), root.commandLine());
    }

    private static void addWords(CommandSpec command, List<OutputFormat> formats) {
        complete(command, "--output", formats.stream().map(OutputFormat::toString).toList());
        complete(command, "--only", Arrays.stream(Store.values()).map(CommandRunner::part).toList());
        complete(command, "--naming", Arrays.stream(NamingRule.values()).map(NamingRule::id).toList());
        complete(command, "--allow-hazard", Hazard.KINDS);
    }

    private static void complete(CommandSpec command, String name, List<String> words) {
        OptionSpec option = command.findOption(name);
        if (option != null) {
            command.remove(option);
            command.addOption(OptionSpec.builder(option)
                    .scopeType(CommandLine.ScopeType.LOCAL)
                    .completionCandidates(words)
                    .build());
        }
    }
}
