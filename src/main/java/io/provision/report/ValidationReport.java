package io.provision.report;

import io.provision.problem.Counted;
import io.provision.problem.Place;
import io.provision.problem.Problem;
import java.util.List;
import java.util.OptionalInt;

/**
 * What is wrong with a manifest, and in how many places.
 *
 * @param instances the number of instances; empty where the manifest is too wrong to count them
 */
public record ValidationReport(List<Problem> problems, OptionalInt instances) {

    public ValidationReport {
        problems = List.copyOf(problems);
    }

    private long errors() {
        return problems.stream().filter(Problem::isError).count();
    }

    private long warnings() {
        return problems.size() - errors();
    }

    public String text(Palette palette) {
        StringBuilder text = new StringBuilder();
        problems.forEach(problem -> text.append(ProblemText.of(problem, palette)).append('\n'));
        String summary = counted(errors(), "error") + ", " + counted(warnings(), "warning")
                + (instances.isPresent() ? " in " + counted(instances.getAsInt(), "instance") : "");
        return text + (errors() == 0 ? palette.good(summary) : palette.error(summary)) + "\n";
    }

    private static String counted(long number, String what) {
        return number == 0 ? "no " + what + "s" : Counted.of(number, what);
    }

    public Document document() {
        return new Document()
                .put("ok", errors() == 0)
                .put("errors", errors())
                .put("warnings", warnings())
                .put("instances", instances)
                .put("problems", problems.stream().map(ValidationReport::document).toList());
    }

    private static Document document(Problem problem) {
        return new Document()
                .put("severity", problem.isError() ? "error" : "warning")
                .put("message", problem.message())
                .put("file", problem.place().map(Place::file))
                .put("line", problem.place().map(Place::line).filter(line -> line > 0))
                .put("column", problem.place().map(Place::column).filter(column -> column > 0))
                .put("remedy", problem.remedy());
    }
}
