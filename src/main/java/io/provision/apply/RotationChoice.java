package io.provision.apply;

import io.provision.apply.Credential.Kind;
import io.provision.manifest.Instance;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whose passwords a rotation is about, as the manifest has it; and who would be locked out by it. */
final class RotationChoice {

    private final Set<String> names;
    private final List<Credential> all;
    private final List<Credential> chosen;
    private final boolean retires;

    /** @param withUsers whether Redis users are among them */
    RotationChoice(Scope scope, boolean withUsers, boolean retires) {
        this.names = scope.instances().stream().map(Instance::name).collect(Collectors.toCollection(TreeSet::new));
        this.all = Credential.of(scope.manifest());
        this.retires = retires;
        this.chosen = all.stream()
                .filter(credential -> credential.isOf(names))
                .filter(credential -> credential.kind() == Kind.ROLE && !retires
                        || credential.kind() == Kind.USER && withUsers)
                .toList();
    }

    List<Credential> chosen() {
        return chosen;
    }

    /** @throws ProvisionException USAGE, where an instance has nothing that a password could come from */
    void require() {
        List<Problem> problems = names.stream()
                .filter(name -> chosen.stream().noneMatch(credential -> credential.instances().contains(name)))
                .map(name -> Problem.error(retires
                                ? "%s has no Redis user here whose password the manifest knows".formatted(name)
                                : "%s has no `password:` in the manifest that a new one could come from"
                                        .formatted(name))
                        .remedy("say where it comes from, such as"
                                + " `password: {generate: \".provision/secrets/{instance}\"}`"))
                .toList();
        if (!problems.isEmpty()) {
            throw new ProvisionException(ExitCode.USAGE, problems);
        }
    }

    /** Who has a password from where it is replaced, and would not get the new one. */
    List<Problem> refusals() {
        Set<String> needed = new TreeSet<>(names);
        List<Problem> problems = new ArrayList<>();
        for (Credential credential : chosen) {
            if (!names.containsAll(credential.instances())) {
                needed.addAll(credential.instances());
                problems.add(Problem.error("%s is of %s alike".formatted(
                        credential.words(), String.join(" and ", credential.instances()))));
            }
        }
        for (Credential other : retires ? List.<Credential>of() : all) {
            chosen.stream()
                    .filter(credential -> credential.source().equals(other.source()) && !chosen.contains(other))
                    .findFirst()
                    .ifPresent(credential -> {
                        needed.addAll(other.instances());
                        problems.add(Problem.error("%s has its password from %s, as %s has".formatted(
                                other.words(), other.sourceWords(), credential.words())));
                    });
        }
        return problems.stream().distinct().map(problem -> problem.remedy(remedy(needed))).toList();
    }

    private String remedy(Set<String> needed) {
        return needed.equals(names)
                ? "rotate them together, with both stores in `--only`, or give each a source of its own"
                : "rotate them together: `provision rotate %s%s`".formatted(
                        retires ? "--retire-old " : "", String.join(" ", needed));
    }
}
