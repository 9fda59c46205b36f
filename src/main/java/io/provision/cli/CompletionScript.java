package io.provision.cli;

import io.provision.naming.NamingRule;
import io.provision.plan.Hazard;
import io.provision.plan.Store;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Completion of commands, options and their words, for bash and zsh. Which words an option takes is told here and not
 * beside the option, because every start of every command would read it there.
 */
final class CompletionScript {

    private CompletionScript() {}

    /** Leaves {@code root} with the words in it, which changes nothing but completion. */
    static String of(CommandSpec root) {
        addWords(root, OutputFormat.COMMON);
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
        completeFiles(command);
    }

    /** Picocli does it for a Path alone, and not for one that may be left out. */
    private static void completeFiles(CommandSpec command) {
        List.copyOf(command.options()).stream()
                .filter(option -> option.type() == Optional.class && option.auxiliaryTypes()[0] == Path.class)
                .forEach(option -> replace(command, option,
                        OptionSpec.builder(option.names()).type(Path.class)));
    }

    private static void complete(CommandSpec command, String name, List<String> words) {
        OptionSpec option = command.findOption(name);
        if (option != null) {
            replace(command, option, OptionSpec.builder(option)
                    // Picocli keeps the words under the label, and --log-format has the same one as --output.
                    .paramLabel(name.substring(2))
                    .completionCandidates(words));
        }
    }

    private static void replace(CommandSpec command, OptionSpec option, OptionSpec.Builder by) {
        command.remove(option);
        command.addOption(by.scopeType(CommandLine.ScopeType.LOCAL).build());
    }
}
