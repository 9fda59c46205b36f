package io.provision.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** A command's manual page, in the man macros of roff, from the same words as its {@code --help}. */
final class ManPage {

    private final CommandSpec command;
    private final String version;

    ManPage(CommandSpec command, String version) {
        this.command = command;
        this.version = version;
    }

    String fileName() {
        return name() + ".1";
    }

    private String name() {
        return command.qualifiedName("-");
    }

    String roff() {
        List<String> lines = new ArrayList<>();
        lines.add(".TH " + quoted(name().toUpperCase(Locale.ROOT)) + " 1 \"\" " + quoted("provision " + version));
        lines.add(".SH NAME");
        lines.add(escaped(name() + " - " + words(command.usageMessage().description())));
        lines.add(".SH SYNOPSIS");
        lines.add(".B " + escaped(command.qualifiedName()));
        lines.add("[\\fIOPTIONS\\fR]" + arguments());
        section(lines, "COMMANDS", subcommands());
        section(lines, "ARGUMENTS", parameters().stream().flatMap(p -> entry(p.paramLabel(), p).stream()).toList());
        section(lines, "OPTIONS", options(false));
        section(lines, "SHARED OPTIONS", options(true));
        lines.add(".SH SEE ALSO");
        lines.add("The README, for a tour and the exit codes.");
        return String.join("\n", lines) + "\n";
    }

    private String arguments() {
        return command.subcommands().isEmpty()
                ? parameters().stream().map(ManPage::argument).collect(Collectors.joining())
                : " [\\fICOMMAND\\fR]";
    }

    private static String argument(PositionalParamSpec parameter) {
        String name = "\\fI" + escaped(parameter.paramLabel()) + "\\fR" + (parameter.arity().max() > 1 ? "..." : "");
        return parameter.arity().min() == 0 ? " [" + name + "]" : " " + name;
    }

    private List<PositionalParamSpec> parameters() {
        return command.positionalParameters();
    }

    private List<String> subcommands() {
        return command.subcommands().values().stream()
                .map(sub -> sub.getCommandSpec())
                .filter(sub -> !sub.usageMessage().hidden())
                .flatMap(sub -> List.of(
                        ".TP",
                        ".B " + escaped(sub.name()),
                        escaped(words(sub.usageMessage().description())))
                        .stream())
                .toList();
    }

    private List<String> options(boolean inherited) {
        return HelpLayout.options(command, option -> option.inherited() == inherited && !option.hidden()).stream()
                .flatMap(option -> entry(names(option), option).stream())
                .toList();
    }

    private static String names(OptionSpec option) {
        String label = option.arity().max() == 0 ? "" : "=" + option.paramLabel();
        String further = option.splitRegex().isEmpty() ? "" : "[,%s...]".formatted(option.paramLabel());
        return String.join(", ", option.names()) + label + further;
    }

    private static List<String> entry(String title, ArgSpec argument) {
        return List.of(".TP", ".B " + escaped(title), escaped(words(argument.description())));
    }

    private static void section(List<String> lines, String heading, List<String> content) {
        if (!content.isEmpty()) {
            lines.add(".SH " + heading);
            lines.addAll(content);
        }
    }

    private static String words(String[] description) {
        return String.join(" ", description);
    }

    private static String quoted(String text) {
        return '"' + escaped(text) + '"';
    }

    /** A hyphen that is typed, a backslash, and a dot or quote that would begin a macro. */
    private static String escaped(String text) {
        String plain = text.replace("\\", "\\e").replace("-", "\\-");
        return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
    }
}
