package io.provision.apply;

import io.provision.manifest.Instance;
import io.provision.manifest.Manifest;
import io.provision.plan.Change;
import io.provision.plan.Plan;
import io.provision.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which instances a rollback must leave alone: as the manifest says of those that it lists, and the journal of those
 * that it does not list any more.
 */
final class RollbackProtection {

    private final Manifest manifest;
    private final Set<String> listed;
    private final Set<String> unprotected;
    private final Optional<Set<String>> journaled;
    private final String schema;

    /**
     * @param unprotected those that are rolled back all the same
     * @param journaled those that the journal says are protected; empty where the login may not read that
     * @param schema the journal's
     */
    RollbackProtection(
            Manifest manifest, Set<String> unprotected, Optional<Set<String>> journaled, String schema) {
        this.manifest = manifest;
        this.listed = manifest.byName().keySet();
        this.unprotected = unprotected;
        this.journaled = journaled;
        this.schema = schema;
    }

    boolean isKnown() {
        return journaled.isPresent();
    }

    /** Who is to be unprotected, and is nobody that anything is known of. */
    List<Problem> unknownNames() {
        return unprotected.stream()
                .filter(name -> !listed.contains(name) && journaled.filter(names -> !names.contains(name)).isPresent())
                .map(name -> Problem.error("the manifest lists no instance %s to be unprotected".formatted(name))
                        .remedy("leave `--unprotect %s` out".formatted(name)))
                .toList();
    }

    List<Problem> refusals(Plan plan) {
        Set<String> concerned = plan.byInstance().keySet();
        return Stream.concat(
                        manifest.instances().stream().filter(Instance::protect).map(Instance::name),
                        journaled.stream().flatMap(Set::stream).filter(name -> !listed.contains(name)))
                .filter(name -> concerned.contains(name) && !unprotected.contains(name))
                .sorted()
                .map(name -> Problem.error("%s is protected from rollback (%s)".formatted(
                                name,
                                listed.contains(name)
                                        ? "`protect: true`"
                                        : "the journal has `protect: true` of it, from when the manifest listed it"))
                        .remedy("--unprotect %s rolls it back all the same".formatted(name)))
                .toList();
    }

    /** Where nobody can tell, those that the manifest does not list count as protected. */
    List<Problem> doubts(Plan plan) {
        return plan.byInstance().keySet().stream()
                .filter(name -> !isKnown()
                        && !name.equals(Change.SHARED)
                        && !listed.contains(name)
                        && !unprotected.contains(name))
                .sorted()
                .map(name -> Problem.error(("whether %s is protected from rollback is unknown: the login may not read"
                                        + " the table protections in the schema %s")
                                .formatted(name, schema))
                        .remedy("let its owner GRANT SELECT on it; --unprotect %s rolls it back all the same"
                                .formatted(name)))
                .toList();
    }
}
