package io.provision.manifest;

import io.provision.problem.Place;
import io.provision.problem.Problem;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Everything found wrong so far; the same fault, met again through another instance, is told once. */
final class Faults {

    private final Set<Problem> problems = new LinkedHashSet<>();

    void add(Problem problem) {
        problems.add(problem);
    }

    void error(Place place, String message, String remedy) {
        add(Problem.error(message).at(place).remedy(remedy));
    }

    void error(Place place, String message) {
        add(Problem.error(message).at(place));
    }

    void warning(Place place, String message, String remedy) {
        add(Problem.warning(message).at(place).remedy(remedy));
    }

    boolean hasErrors() {
        return problems.stream().anyMatch(Problem::isError);
    }

    /** In the order in which the files were given, and then of the lines. */
    List<Problem> sorted(List<String> files) {
        // As a rule there is none, and to have nothing sorted takes a hundredth of a start.
        if (problems.size() < 2) {
            return List.copyOf(problems);
        }
        return problems.stream()
                .sorted(Comparator.comparing(problem -> problem.place().orElse(Place.of("")),
                        Comparator.<Place>comparingInt(place -> files.indexOf(place.file()))
                                .thenComparingInt(Place::line)
                                .thenComparingInt(Place::column)))
                .toList();
    }
}
