package io.provision.verify;

import java.util.ArrayList;
import java.util.List;

/**
 * What one proof found.
 *
 * @param warnings what could not be proved, and what is open on purpose, as sentences
 */
public record Evidence(List<Check> checks, List<Breach> breaches, List<String> warnings) {

    public static final Evidence NONE = new Evidence(List.of(), List.of(), List.of());

    public Evidence {
        checks = List.copyOf(checks);
        breaches = List.copyOf(breaches);
        warnings = List.copyOf(warnings);
    }

    static Evidence warning(String sentence) {
        return new Evidence(List.of(), List.of(), List.of(sentence));
    }

    public Evidence and(Evidence other) {
        return new Evidence(
                both(checks, other.checks), both(breaches, other.breaches), both(warnings, other.warnings));
    }

    private static <T> List<T> both(List<T> some, List<T> others) {
        List<T> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }
}
