package io.provision.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The subcommands, in the order in which the help lists them. */
final class Subcommands {

    private final Map<String, Supplier<Subcommand>> known = new LinkedHashMap<>();

    Subcommands() {
        known.put("derive", DeriveCommand::new);
        known.put("validate", ValidateCommand::new);
        known.put("plan", PlanCommand::new);
        known.put("init", InitCommand::new);
        known.put("verify", VerifyCommand::new);
        known.put("status", StatusCommand::new);
        known.put("rollback", RollbackCommand::new);
        known.put("rotate", RotateCommand::new);
        known.put("history", HistoryCommand::new);
        known.put("import", ImportCommand::new);
        known.put("add", AddCommand::new);
        known.put("render", RenderCommand::new);
        known.put("embedded", EmbeddedCommand::new);
        known.put("grants", GrantsCommand::new);
        known.put("completion", CompletionCommand::new);
        known.put(WriteDocsCommand.NAME, WriteDocsCommand::new);
        known.put(TrainCommand.NAME, TrainCommand::new);
    }

    /**
     * Adds those that the arguments name: making all of them would cost each start more than the work. Adds all where
     * none is named, and where help is asked for.
     */
    void addTo(CommandLine root, List<String> args) {
        boolean all = args.stream().noneMatch(known::containsKey)
                || Stream.of("--help", "-h", "completion", WriteDocsCommand.NAME).anyMatch(args::contains);
        known.forEach((name, command) -> {
            if (all || args.contains(name)) {
                root.addSubcommand(name, command.get());
            }
        });
    }
}
