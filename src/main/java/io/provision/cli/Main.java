package io.provision.cli;

import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.FileDescriptor;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import picocli.CommandLine.ParameterException;

/** The program: hands the real streams to {@link #run}, and is the only one that exits. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        // Whoever runs it: in Persian, %d writes ۵, which no server takes for a number.
        Locale.setDefault(Locale.ROOT);
        sparePicocli();
        StandardStream out = new StandardStream(FileDescriptor.out, "1");
        StandardStream err = new StandardStream(FileDescriptor.err, "2");
        CommandContext context = new CommandContext(
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                new PrintWriter(new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8))),
                new PrintWriter(new BufferedWriter(new OutputStreamWriter(err, StandardCharsets.UTF_8)), true),
                System.getenv(),
                Path.of(""),
                Clock.systemUTC(),
                Terminal.detect(System.getenv()));
        SharedOptions options = new SharedOptions();
        int code = run(context, options, args);
        if (out.failure().isPresent() && !out.closedPipe()) {
            Messages.of(context, options)
                    .tell(Problem.error("writing the result: " + out.failure().get().getMessage()));
            code = code == ExitCode.DONE.value() ? ExitCode.FAILED.value() : code;
        }
        System.exit(code);
    }

    /**
     * Picocli would look through all jars for Groovy and for a library of colours, neither of which is there, and load
     * converters that no option has (java.sql, java.time): together a tenth of a start.
     */
    private static void sparePicocli() {
        System.setProperty("picocli.ansi", "false");
        System.setProperty("picocli.disable.closures", "true");
        System.setProperty("picocli.converters.excludes", "java[.][st].*");
    }

    /**
     * Runs one command line from beginning to end.
     *
     * @return the exit code, as the shell sees it
     */
    public static int run(CommandContext context, String... args) {
        return run(context, new SharedOptions(), args);
    }

    private static int run(CommandContext context, SharedOptions options, String... args) {
        CommandRunner runner = new CommandRunner(context, options);
        try {
            return runner.run(args);
        } catch (ParameterException e) {
            return runner.usage(e, args);
        } catch (ProvisionException e) {
            Messages messages = Messages.of(context, options);
            e.problems().forEach(messages::tell);
            new Unexpected(options).stackTrace(e, messages);
            return e.exitCode().value();
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError | LinkageError e) {
            new Unexpected(options).tell(e, Messages.of(context, options));
            return ExitCode.FAILED.value();
        } finally {
            context.out().flush();
            context.err().flush();
        }
    }
}
