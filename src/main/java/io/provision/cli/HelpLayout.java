package io.provision.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Help;
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

    private static String section(Help help, String heading, Predicate<OptionSpec> which) {
        List<OptionSpec> options = help.commandSpec().options().stream().filter(which).toList();
        String list = help.optionListExcludingGroups(options);
        return list.isEmpty() ? "" : heading + list;
    }
}
