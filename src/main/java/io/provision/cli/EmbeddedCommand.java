package io.provision.cli;

import io.provision.embedded.EmbeddedHome;
import io.provision.embedded.EmbeddedStatus;
import io.provision.embedded.RunningServer;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.report.Document;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code embedded}: the tool's own servers, kept running for as long as a person wants to look into them. */
@Command(name = "embedded", description = "Starts, stops, shows or empties the embedded servers, and prints URLs that "
        + "psql and redis-cli take.")
final class EmbeddedCommand implements Subcommand {

    @Parameters(paramLabel = "ACTION", description = "start, stop, status or reset (which deletes their data).")
    private Action action;

    enum Action {
        START,
        STOP,
        STATUS,
        RESET;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public ExitCode run(Invocation invocation) {
        if (action == Action.START && invocation.refusesEmbedded()) {
            throw new ProvisionException(ExitCode.USAGE, Problem
                    .error("the embedded servers are refused, by --no-embedded or PROVISION_EMBEDDED=never"));
        }
        EmbeddedHome home = new EmbeddedHome(home(invocation), invocation.messages()::note);
        EmbeddedStatus status = act(home, invocation.options().waitForOtherRun());
        if (invocation.format() == OutputFormat.TEXT) {
            invocation.print((action == Action.RESET ? "deleted\n" : "") + text(status));
        } else {
            invocation.print(document(status));
        }
        return ExitCode.DONE;
    }

    /** Beside the manifest, or here where there is none. */
    private static Path home(Invocation invocation) {
        return ManifestFiles.of(invocation).get(0).toAbsolutePath().normalize().resolveSibling(".provision");
    }

    private EmbeddedStatus act(EmbeddedHome home, Duration wait) {
        return switch (action) {
            case START -> home.start(wait);
            case STOP -> home.stop(wait);
            case STATUS -> home.status();
            case RESET -> home.reset(wait);
        };
    }

    private static String text(EmbeddedStatus status) {
        String state = switch (status.state()) {
            case STOPPED -> "are stopped";
            case BORROWED -> "run for another command";
            case KEPT -> "run";
        };
        StringBuilder text = new StringBuilder("The embedded servers %s; their data takes %d KiB in %s.\n"
                .formatted(state, (status.dataBytes() + 1023) / 1024, status.home()));
        for (RunningServer server : status.servers()) {
            text.append("%-10s  %s\n".formatted(server.kind().title(), server.url()));
        }
        return text.toString();
    }

    private static Document document(EmbeddedStatus status) {
        return new Document()
                .put("state", status.state().name().toLowerCase(Locale.ROOT))
                .put("home", status.home().toString())
                .put("data_bytes", status.dataBytes())
                .put("servers", status.servers().stream()
                        .map(server -> new Document()
                                .put("kind", server.kind().name().toLowerCase(Locale.ROOT))
                                .put("url", server.url())
                                .put("pid", server.pid()))
                        .toList());
    }
}
