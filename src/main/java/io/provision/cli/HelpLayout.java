package io.provision.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** How a help text is laid out: a command's own options first, those that it shares with all others apart. */
final class HelpLayout {

    private static final String SHARED = "sharedOptions";

    private HelpLayout() {}

    /** Sections are handed down to subcommands by picocli; the order of options and the synopsis are not. */
    static void applyTo(CommandLine root) {
        List<String> sections = new ArrayList<>(root.getHelpSectionKeys());
        sections.add(sections.indexOf(UsageMessageSpec.SECTION_KEY_OPTION_LIST) + 1, SHARED);
        root.setHelpSectionKeys(sections);
        var renderers = root.getHelpSectionMap();
        renderers.put(UsageMessageSpec.SECTION_KEY_OPTION_LIST,
                help -> section(help, "", option -> !option.inherited()));
        renderers.put(SHARED, help -> section(help, "\nShared with all commands:\n", OptionSpec::inherited));
        root.setHelpSectionMap(renderers);
        inDeclaredOrder(root);
    }

    private static void inDeclaredOrder(CommandLine command) {
        command.getCommandSpec().usageMessage().sortOptions(false).abbreviateSynopsis(true);
        command.getSubcommands().values().forEach(HelpLayout::inDeclaredOrder);
    }

    /** The options, of which {@code -o} says the forms that this command writes. */
    static List<OptionSpec> options(CommandSpec command, Predicate<OptionSpec> which) {
        return command.options().stream().filter(which).map(option -> told(command, option)).toList();
    }

    private static OptionSpec told(CommandSpec command, OptionSpec option) {
        if (!option.longestName().equals("--output") || !(command.userObject() instanceof Subcommand subcommand)) {
            return option;
        }
        return OptionSpec.builder(option)
                .description("How the result is written: " + OutputFormat.either(subcommand.formats()) + ".")
                .build();
    }

    private static String section(Help help, String heading, Predicate<OptionSpec> which) {
        List<OptionSpec> options = options(help.commandSpec(), which);
        String list = help.optionListExcludingGroups(options);
        return list.isEmpty() ? "" : heading + list;
    }
}
