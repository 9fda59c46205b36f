package io.provision.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.testing.Golden;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void aManifest() throws IOException {
        CommandRun.manifest(folder, """
                services: {cache-service: {}}
                instances: {cache-A: {}}
                """);
    }

    private CommandRun run(String... args) {
        return CommandRun.in(folder, args);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "-o json derive cache-A",
        "derive -o json cache-A",
        "derive cache-A -o json",
        "derive cache-A --output=json",
        "-o yaml derive cache-A -o json",
    })
    void sharedOptionsStandBeforeAndAfterTheSubcommand(String args) {
        CommandRun run = run(args.split(" "));

        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().startsWith("{\n  \"instances\": ["), run.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "-f base.yaml -f over.yaml derive --field schema",
        "-f base.yaml derive -f over.yaml --field schema",
        "derive --field schema -f base.yaml --manifest over.yaml",
    })
    void manifestsAreLaidOverEachOtherWhereverTheyAreNamed(String args) throws IOException {
        Files.move(folder.resolve("instances.yaml"), folder.resolve("base.yaml"));
        Files.writeString(folder.resolve("over.yaml"), "instances: {cache-A: {schema: other}}\n");

        assertEquals(new CommandRun(0, "other\n", ""), run(args.split(" ")));
    }

    @Test
    void withoutAManifestHereTheEnvironmentNamesOne() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Map<String, String> environment = Map.of("PROVISION_MANIFEST", folder.resolve("instances.yaml").toString());

        assertEquals("cache_a\n", CommandRun.in(elsewhere, environment, "derive", "--field", "schema").out());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "derve                      | error: unknown command `derve`                          | derive",
        "derive --feild schema      | error: unknown option `--feild`                         | --field",
        "--onlly redis derive       | error: unknown option `--onlly`                         | --only",
        "validate extra             | error: `validate` does not take `extra`                 | ''",
        "derive -o junit            | error: `derive` does not write `-o junit`               | text, json, yaml, env",
        "validate -o env            | error: `validate` does not write `-o env`               | text, json, yaml",
        "derive --color sometimes   | `sometimes` is none of auto, always, never              | ''",
        "derive --log-format xml    | `xml` is none of text, json                             | ''",
        "derive --only volume       | `volume` is none of postgres, redis, volumes            | ''",
        "derive --lock-timeout 3    | `3` is no duration: write 500ms, 2s, 5min or 1h         | ''",
        "derive --lock-timeout 597h | `597h` is more than the 596h that a server takes        | ''",
        "derive --timeout 99999999h | `99999999h` is more than the 596h that a server takes   | ''",
        "derive --parallel 0        | `0` is not a number from 1 to 1000                      | ''",
        "status @pom.xml            | error: the manifest lists no instance @pom.xml          | cache-A",
        "completion fish            | `fish` is none of bash, zsh                             | ''",
        "grants                     | error: Missing required parameter: 'LOGIN'              | ''",
        "derive -f -o json          | error: -f wants a FILE                                  | ''",
        "derive -f - -o json        | error: -f wants a FILE                                  | ''",
        "plan --out=                | '--out': it is empty                                    | ''",
        "derive --manifest=         | error: -f wants a FILE                                  | ''",
        "derive --metrics -         | '--metrics': `-` is no file                             | /dev/stdout",
        "derive --metrics m.prom    | error: `derive` has no figures to write: `--metrics`     | plan, init, verify",
        "render compose --to -      | '--to': `-` is no file                                  | /dev/stdout",
        "derive -f nowhere.yaml     | nowhere.yaml: error: there is no manifest of this name  | -f FILE",
        "status nobody              | error: the manifest lists no instance nobody            | cache-A",
        "status cache-B             | error: the manifest lists no instance cache-B         | did you mean `cache-A`?",
    })
    void wrongUsageEndsWithTwoAndSaysWhatWasMeant(String args, String message, String hint) {
        CommandRun run = run(args.split(" +"));

        assertEquals(2, run.code(), run.err());
        assertEquals("", run.out());
        assertTrue(run.err().contains(message), run.err());
        assertTrue(run.err().contains(hint), run.err());
    }

    @Test
    void noSubcommandIsAnsweredWithThem() {
        CommandRun run = run();

        assertEquals(2, run.code());
        assertEquals("", run.out());
        assertTrue(run.err().contains("Commands:\n  derive "), run.err());
    }

    @Test
    void helpSetsACommandsOwnOptionsApart() throws IOException {
        CommandRun run = run("derive", "--help");

        assertEquals(0, run.code());
        Golden.assertSame("help-derive.txt", run.out());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            plan       | text, json, yaml or sql.
            derive     | text, json, yaml or env.
            grants     | text, json, yaml or sql.
            completion | text.
            """)
    void helpTellsTheFormsThatTheCommandWrites(String command, String forms) {
        String told = run(command, "--help").out().replaceAll("\\s+", " ");

        assertTrue(told.contains("-o, --output=FORMAT How the result is written: " + forms), told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            provision        | [OPTIONS] [COMMAND]
            provision-plan   | [OPTIONS] [NAME...]
            provision-rotate | [OPTIONS] NAME...
            provision-render | [OPTIONS] TARGET
            """)
    void theManualShowsWhatTheHelpShows(String page, String synopsis) throws IOException {
        run("write-docs", folder.toString());

        String manual = Files.readString(folder.resolve("man/man1/" + page + ".1"));

        assertTrue(manual.replaceAll("\\\\f[IR]", "").contains("\n" + synopsis + "\n"), manual);
        assertTrue(manual.contains("\\-\\-only=PART[,PART...]"), manual);
    }

    @Test
    void theHelpOfTheRootListsEveryCommand() {
        assertEquals(run("--help"), run("--help", "derive"));
    }

    @Test
    void theVersionIsTheBuilds() {
        assertTrue(run("--version").out().matches("provision \\d+\\.\\d+.*\n"));
        assertEquals(0, run("-V").code());
    }

    @Test
    void aPasswordInAWrongOptionIsNotRepeated() {
        CommandRun run = run("--postgresurl=postgres://me:secret@host/db", "derive");

        assertFalse(run.err().contains("secret"), run.err());
        assertTrue(run.err().contains("postgres://me:***@host/db"), run.err());
    }

    @Test
    void quietLeavesErrorsAndResultsOnly() {
        String[] colliding = {"derive", "--service", "s-x", "--naming", "project-plan", "--field", "schema", "a-b-c",
            "a-b-d"};
        String[] quiet = {"-q", "derive", "--service", "s-x", "--naming", "project-plan", "--field", "schema", "a-b-c",
            "a-b-d"};

        assertTrue(run(colliding).err().startsWith("warning: "));
        assertEquals(new CommandRun(0, "a_b\na_b\n", ""), run(quiet));
        assertTrue(run("-q", "derive", "--field", "nothing").err().startsWith("error: "));
    }

    @Test
    void logsAreJsonLinesWhereThatIsWanted() {
        CommandRun run = CommandRun.in(folder, Map.of("ENVIRONMENT", "staging"),
                "--log-format", "json", "derive", "--field", "nothing");

        assertEquals("{\"time\":\"2026-11-21T10:00:00Z\",\"level\":\"error\","
                + "\"message\":\"there is no field `nothing`\",\"remedy\":\"known: instance, service, singleton, "
                + "naming, schema, namespace, key_pattern, role, redis_user, discovery_key, volumes.data, "
                + "volumes.logs\",\"environment\":\"staging\"}\n", run.err());
    }

    @ParameterizedTest
    @CsvSource({"init --dry-run, false", "rollback --dry-run, false", "init, true", "rollback --yes, true"})
    void onlyWhatWasToChangeSomethingCountsAsARunThatFailed(String line, boolean counted) {
        CommandRun run = run((line + " --postgres-url postgresql://x@127.0.0.1:1/x --redis-url redis://127.0.0.1:1 "
                + "--metrics run.prom").split(" "));

        assertEquals(5, run.code(), run.err());
        assertEquals(counted, Files.exists(folder.resolve("run.prom")));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "--log-format json plan --bogus",
        "plan --parallel 0 --log-format=json",
        "plan --out --log-format json",
        "rotate --log-format json",
        "nonsense --log-format json",
        "--log-format json",
        "-v --log-format json --postgres-url nonsense:// plan",
    })
    void aCommandLineThatIsWrongIsToldInJsonLinesToo(String line) {
        CommandRun run = run(line.split(" "));

        assertEquals(2, run.code());
        assertTrue(run.err().lines().allMatch(text -> text.startsWith("{\"time\":") && text.endsWith("}")), run.err());
        assertTrue(run.err().contains("\"level\":\"error\""), run.err());
    }

    @ParameterizedTest
    @CsvSource({
        "auto,   '',       true,  true",
        "auto,   '',       false, false",
        "auto,   NO_COLOR, true,  false",
        "always, NO_COLOR, false, true",
        "never,  '',       true,  false",
    })
    void colourIsForTerminalsUnlessItIsSaid(String when, String variable, boolean terminal, boolean coloured) {
        Terminal streams = new Terminal(terminal, terminal, terminal, () -> 200);
        Map<String, String> environment = variable.isEmpty() ? Map.of() : Map.of(variable, "1");

        CommandRun run = CommandRun.on(streams, folder, environment, "--color", when, "derive", "cache-A");

        assertEquals(coloured, run.out().contains("\u001b["), run.out());
    }

    @Test
    void theMachinesLocaleChangesNoMessage() {
        Locale before = Locale.getDefault();
        CommandRun plain = run("validate", "--lock-timeout", "3MIN");
        Locale.setDefault(new Locale("tr", "TR"));
        try {
            assertEquals(plain, run("validate", "--lock-timeout", "3MIN"));
            assertEquals(0, run("derive", "-o", "json", "--color", "never").code());
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void aReaderThatGoesAwayEndsItQuietly() {
        StringWriter err = new StringWriter();
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        CommandContext context = new CommandContext(new BufferedReader(new StringReader("")), new PrintWriter(closed),
                new PrintWriter(err), Map.of(), folder, CommandRun.CLOCK, Terminal.NONE);

        assertEquals(0, Main.run(context, "derive"));
        assertEquals("", err.toString());
    }

    @Test
    void whatIsUnexpectedIsOneSentenceAndAStackTraceOnlyWhenAskedFor() {
        Terminal broken = new Terminal(false, true, false, () -> {
            throw new IllegalStateException("no such terminal\nsecond line");
        });

        CommandRun run = CommandRun.on(broken, folder, Map.of(), "derive");
        CommandRun verbose = CommandRun.on(broken, folder, Map.of(), "-v", "derive");

        assertEquals(new CommandRun(1, "", """
                error: this should not have happened: IllegalStateException: no such terminal
                    -v shows the stack trace
                """), run);
        assertEquals(1, verbose.code());
        assertTrue(verbose.err().contains("\tat io.provision.cli."), verbose.err());
    }
}
