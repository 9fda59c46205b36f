package io.provision.cli;

import io.provision.naming.Claim;
import io.provision.naming.Collision;
import io.provision.naming.Collisions;
import io.provision.naming.Derivation.Derived;
import io.provision.problem.Problem;
import io.provision.problem.Problem.Severity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** What {@code derive} has against names that it prints all the same. */
final class NameWarnings {

    private final Invocation invocation;

    NameWarnings(Invocation invocation) {
        this.invocation = invocation;
    }

    /** @param faults whether names that could not stand alone are printed, too */
    void tell(List<Subject> subjects, boolean faults) {
        subjects.stream()
                .filter(subject -> subject.chosen() && (faults || subject.asAdapter()))
                .forEach(subject -> subject.faults().forEach(fault -> warn(
                        "instance `" + subject.identity().instance() + "`: " + fault, Optional.empty())));
        Set<String> printed = subjects.stream()
                .filter(Subject::chosen)
                .map(subject -> subject.identity().instance())
                .collect(Collectors.toSet());
        Path here = invocation.context().directory().toAbsolutePath();
        List<Claim> claims = subjects.stream()
                .filter(subject -> subject.derivation() instanceof Derived)
                .map(subject -> claim(subject, here))
                .toList();
        for (Collision collision : Collisions.with(printed, claims)) {
            warn(collision.message(), Optional.of(collision.remedy()));
        }
    }

    private void warn(String message, Optional<String> remedy) {
        invocation.messages().tell(new Problem(Severity.WARNING, message, Optional.empty(), remedy));
    }

    private static Claim claim(Subject subject, Path here) {
        List<Path> volumes = new ArrayList<>();
        subject.settings().volumes().values().forEach(volume -> volumes.add(here.resolve(volume).normalize()));
        return new Claim(
                subject.identity(),
                subject.derived().names(),
                subject.overrides().role().isPresent(),
                subject.settings().legacySchemas(),
                subject.settings().legacyNamespaces(),
                subject.settings().sharesNamespaceWith(),
                volumes,
                OptionalInt.empty(),
                OptionalInt.empty());
    }
}
