package io.provision.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a process is started with: streams, options of Java, a locale. */
class ProcessEnvironmentIT {

    @TempDir
    private Path folder;

    @Test
    void aReaderThatGoesAwayEndsItQuietly() {
        Project project = Project.shipped(folder);
        String provision = PackagedCommand.DISTRIBUTION + "/bin/provision";
        Ended ended = project.command()
                .as("bash", "-c", "for i in 1 2 3; do '%s' derive | true; echo ${PIPESTATUS[0]}; done"
                        .formatted(provision))
                .run().expect(0);

        assertEquals("0\n0\n0\n", ended.out());
        assertEquals("", ended.err());
    }

    @Test
    void aFullDiskBelowStandardOutputIsTold() {
        Project project = Project.shipped(folder);
        Ended ended = project.command()
                .as("sh", "-c", "exec '%s/bin/provision' derive >/dev/full".formatted(PackagedCommand.DISTRIBUTION))
                .run().expect(1);

        ended.saysOneError("writing the result: No space left on device");
    }

    /** Java would give its number to the next file or connection, and messages would go into that. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "<&-           | /dev/null out       err",
        ">&-           | in        /dev/null err",
        "2>&-          | in        out       /dev/null",
        "<&- >&- 2>&-  | /dev/null /dev/null /dev/null",
    })
    void aStreamThatIsClosedStaysNobodysElse(String closed, String open) {
        Project project = Project.shipped(folder)
                .write("java/release", "JAVA_VERSION=\"17.0.1\"\n")
                .write("java/bin/java", """
                        #!/bin/sh
                        # Not straight into the file: that would be its standard output meanwhile.
                        for number in 0 1 2; do
                            open=$(readlink "/proc/$$/fd/$number")
                            echo "$open" >>"%s/open"
                        done
                        """.formatted(folder))
                .write("in", "");
        assertTrue(project.folder().resolve("java/bin/java").toFile().setExecutable(true));

        project.command().with("JAVA_HOME", project.folder().resolve("java").toString())
                .with("PROVISION_CLASS_ARCHIVE", "never")
                .as("sh", "-c", "cd '%s'; exec '%s/bin/provision' derive <in >out 2>err %s"
                        .formatted(folder, PackagedCommand.DISTRIBUTION, closed))
                .run().expect(0);

        assertEquals(
                open.replaceAll("(?<= |^)(?=in|out|err)", folder + "/").replaceAll(" +", "\n") + "\n",
                project.read("open"));
    }

    @Tag("full")
    @ParameterizedTest
    @CsvSource({"LC_ALL, tr_TR.UTF-8", "LC_ALL, C", "LANG, tr_TR.ISO-8859-9",
        "PROVISION_JAVA_OPTS, -Duser.language=tr -Duser.country=TR"})
    void theLocaleChangesNothing(String variable, String value) {
        Project project = Project.shipped(folder);
        for (String word : List.of("--all-rules", "-ojson")) {
            Ended elsewhere = project.command().without("LC_ALL").with(variable, value).run("derive", word).expect(0);
            assertEquals(project.run("derive", word).expect(0).out(), elsewhere.out());
        }
    }

    @Test
    void aSmallHeapOfTheUsersOwnIsEnoughToRender() {
        Project project = Project.shipped(folder);
        for (String variable : List.of("PROVISION_JAVA_OPTS", "JAVA_TOOL_OPTIONS")) {
            project.command().with(variable, "-Xmx40m").run("render", "sql").expect(0);
        }
    }

    @Test
    void aMistypedOptionOfTheUsersOwnIsNotPassedOver() {
        Project project = Project.shipped(folder);
        for (String variable : List.of("PROVISION_JAVA_OPTS", "JAVA_TOOL_OPTIONS")) {
            project.command().with(variable, "-XX:MaxRAMPercentge=50").run("derive").expect(1)
                    .says("Unrecognized VM option 'MaxRAMPercentge=50'");
        }
        project.command().with("PROVISION_JAVA_OPTS", "-XX:MaxRAMPercentage=50 -Dfiles=*").run("derive").expect(0);
    }

    /** The one has letters of its own, the other digits. */
    @Test
    void aTurkishAndAPersianRunEndAsAnyOtherDoes() {
        Servers servers = Servers.fresh();
        Project project = Project.exchanges(folder, "INIT");
        servers.command(project).with("PROVISION_JAVA_OPTS", "-Duser.language=tr").run("init").expect(0);

        servers.command(project).with("PROVISION_JAVA_OPTS", "-Duser.language=fa -Duser.country=IR").run("init")
                .expect(0).prints("nothing to do: 1 instance");
    }
}
