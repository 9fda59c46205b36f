package io.provision.verify;

import java.util.ArrayList;
import java.util.List;

/**
 * What one proof found.
 *
 * @param warnings what could not be proved, and what is open on purpose, as sentences
 * @param notes what is as it is meant to be, and still worth knowing, as sentences
 */
public record Evidence(List<Check> checks, List<Breach> breaches, List<String> warnings, List<String> notes) {

    public static final Evidence NONE = new Evidence(List.of(), List.of(), List.of());

    public Evidence {
        checks = List.copyOf(checks);
        breaches = List.copyOf(breaches);
        warnings = List.copyOf(warnings);
        notes = List.copyOf(notes);
    }

    Evidence(List<Check> checks, List<Breach> breaches, List<String> warnings) {
        this(checks, breaches, warnings, List.of());
    }

    static Evidence warning(String sentence) {
        return new Evidence(List.of(), List.of(), List.of(sentence));
    }

    Evidence and(Evidence other) {
        return new Evidence(
                both(checks, other.checks),
                both(breaches, other.breaches),
                both(warnings, other.warnings),
                both(notes, other.notes));
    }

    private static <T> List<T> both(List<T> some, List<T> others) {
        List<T> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }
}
