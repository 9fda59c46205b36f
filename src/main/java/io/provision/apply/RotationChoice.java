package io.provision.apply;

import io.provision.apply.Credential.Kind;
import io.provision.manifest.Instance;
import io.provision.manifest.PasswordSource;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.problem.ShortList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whose passwords a rotation is about, as the manifest has it; and who would be locked out by it. */
final class RotationChoice {

    /** So many reasons are told one by one, and of the others how many there are. */
    private static final int TOLD = 10;

    /** Beyond it nobody types their names, and a command with all of them may be longer than a shell takes. */
    private static final int NAMED = 50;

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
        Set<String> chosenFor = chosen.stream()
                .flatMap(credential -> credential.instances().stream())
                .collect(Collectors.toSet());
        List<Problem> problems = names.stream()
                .filter(name -> !chosenFor.contains(name))
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

    /** Who has a password from where it is replaced, and would not get the new one; of very many, some. */
    List<Problem> refusals() {
        Set<String> needed = new TreeSet<>(names);
        Set<String> sentences = new LinkedHashSet<>();
        for (Credential credential : chosen) {
            if (!names.containsAll(credential.instances())) {
                needed.addAll(credential.instances());
                sentences.add("%s is of %s alike".formatted(
                        credential.words(), some(credential.instances())));
            }
        }
        if (!retires) {
            others(sentences, needed);
        }
        String remedy = remedy(needed);
        List<Problem> problems = new ArrayList<>();
        sentences.stream().limit(TOLD).forEach(told -> problems.add(Problem.error(told).remedy(remedy)));
        if (sentences.size() > TOLD) {
            problems.add(Problem.error("and so it is with %d more".formatted(sentences.size() - TOLD)).remedy(remedy));
        }
        return problems;
    }

    private void others(Set<String> sentences, Set<String> needed) {
        Map<PasswordSource, Credential> bySource = new HashMap<>();
        chosen.forEach(credential -> bySource.putIfAbsent(credential.source(), credential));
        Set<Credential> replaced = Set.copyOf(chosen);
        for (Credential other : all) {
            Credential credential = bySource.get(other.source());
            if (credential != null && !replaced.contains(other)) {
                needed.addAll(other.instances());
                sentences.add("%s has its password from %s, as %s has".formatted(
                        other.words(), other.sourceWords(), credential.words()));
            }
        }
    }

    private String remedy(Set<String> needed) {
        if (needed.equals(names)) {
            return "rotate them together, with both stores in `--only`, or give each a source of its own";
        }
        return needed.size() > NAMED
                ? "rotate these %d together, or give each a source of its own: %s".formatted(
                        needed.size(), ShortList.of(needed, TOLD))
                : "rotate them together: `provision rotate %s%s`".formatted(
                        retires ? "--retire-old " : "", String.join(" ", needed));
    }

    private static String some(Collection<String> instances) {
        return instances.size() <= NAMED ? String.join(" and ", instances) : ShortList.of(instances, NAMED);
    }
}
