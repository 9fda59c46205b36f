package io.provision.report;

import io.provision.problem.Problem;

/** A problem for people, its place first as compilers write it, so that editors jump there; the remedy below. */
public final class ProblemText {

    private ProblemText() {}

    /** Without a line end. */
    public static String of(Problem problem, Palette palette) {
        String place = problem.place().map(p -> p + ": ").orElse("");
        String severity = problem.isError() ? palette.error("error:") : palette.warning("warning:");
        String remedy = problem.remedy().map(r -> "\n    " + Legible.colourless(r).replace("\n", "\n    ")).orElse("");
        return place + severity + " " + Legible.line(problem.message()) + remedy;
    }
}
