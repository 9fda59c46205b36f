package io.provision.report;

import io.provision.problem.Place;
import io.provision.problem.Problem;
import java.nio.file.Path;

/**
 * A problem as a workflow command of GitHub Actions, which shows it beside the line of the file that it is about
 * (GitHub's documentation, "Workflow commands for GitHub Actions").
 */
public final class GithubAnnotation {

    private final Path workspace;
    private final Path directory;

    /**
     * @param workspace the checked-out repository, from which files are named
     * @param directory where the command runs, from which a place names its file
     */
    public GithubAnnotation(Path workspace, Path directory) {
        this.workspace = workspace.toAbsolutePath().normalize();
        this.directory = directory.toAbsolutePath().normalize();
    }

    /** One line, without its end. */
    public String of(Problem problem) {
        String command = problem.isError() ? "error" : "warning";
        String properties = problem.place().map(this::properties).orElse("");
        String remedy = problem.remedy().map(what -> "\n" + what).orElse("");
        return "::" + command + properties + "::" + data(problem.message() + remedy);
    }

    private String properties(Place place) {
        String file = " file=" + property(file(place));
        String line = place.line() == 0 ? "" : ",line=" + place.line();
        return file + line + (place.column() == 0 ? "" : ",col=" + place.column());
    }

    private String file(Place place) {
        Path file = directory.resolve(place.file()).normalize();
        return file.startsWith(workspace) ? workspace.relativize(file).toString() : place.file();
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
