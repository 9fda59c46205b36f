package io.provision.verify;

import java.util.List;
import java.util.Objects;

/**
 * Everything that a verification found: what its reports are written from.
 *
 * @param instances those that it is about, in the manifest's order
 * @param pairs the ordered pairs of instances, of which no first may reach what is the second's
 */
public record Verdict(List<String> instances, long pairs, Evidence evidence) {

    public Verdict {
        instances = List.copyOf(instances);
        Objects.requireNonNull(evidence, "evidence");
    }

    public boolean ok() {
        return breaches().isEmpty() && faults().isEmpty();
    }

    public List<Check> checks() {
        return evidence.checks();
    }

    public List<Check> faults() {
        return checks().stream().filter(check -> !check.ok()).toList();
    }

    public List<Breach> breaches() {
        return evidence.breaches();
    }

    public List<String> warnings() {
        return evidence.warnings();
    }

    public List<String> notes() {
        return evidence.notes();
    }
}
