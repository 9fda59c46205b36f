package io.provision.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's console sessions are run, one after the other; what it shows of their output is what they print. */
class ReadmeIT {

    @TempDir
    private Path folder;

    private Project project;

    /** @param shown the lines that the README shows; none where it shows only the command */
    private record Step(String command, List<String> shown) {

        /** What a reader types first is shown as it comes out; further down, standard output alone. */
        boolean whole() {
            return command.startsWith("scripts/");
        }
    }

    @AfterEach
    void stop() {
        project.stopEmbedded();
    }

    @Test
    void everySessionRunsAsItIsShown() throws IOException {
        project = Project.shipped(folder);
        List<Step> steps = steps(Files.readAllLines(Path.of("README.md")));
        assertTrue(steps.size() > 10, steps::toString);

        for (Step step : steps) {
            Ended ended = project.run(arguments(step.command()));

            ended.expect(0);
            if (!step.shown().isEmpty()) {
                List<String> shown = new ArrayList<>(masked(String.join("\n", step.shown())).lines().toList());
                if (step.whole()) {
                    masked(ended.err()).lines().forEach(line -> assertTrue(shown.remove(line), ended::toString));
                }
                assertEquals(String.join("\n", shown), masked(ended.out().stripTrailing()), step.command());
            }
        }
    }

    private static List<Step> steps(List<String> readme) {
        List<Step> steps = new ArrayList<>();
        boolean inSession = false;
        for (String line : readme) {
            if (line.startsWith("```")) {
                inSession = line.equals("```console");
            } else if (inSession && line.startsWith("$ ")) {
                steps.add(new Step(line.substring(2), new ArrayList<>()));
            } else if (inSession) {
                steps.get(steps.size() - 1).shown().add(line);
            }
        }
        return steps;
    }

    private static String[] arguments(String command) {
        assertTrue(command.startsWith("provision ") || command.startsWith("scripts/provision "), command);
        return command.substring(command.indexOf(' ') + 1).split(" ");
    }

    /** What differs from run to run: ids, times, who ran it, ports and passwords. */
    private static String masked(String text) {
        return text.replaceAll("\\d{8}T\\d{6}-[0-9a-f]{8}", "RUN")
                .replaceAll("\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z?", "TIME")
                .replaceAll("\\d+\\.\\d s\\b", "TOOK")
                .replaceAll("\\S+@\\S+", "WHO")
                .strip();
    }
}
