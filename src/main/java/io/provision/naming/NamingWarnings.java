package io.provision.naming;

import io.provision.problem.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What is not wrong with names, but hardly meant ({@code naming.md}). */
public final class NamingWarnings {

    private NamingWarnings() {}

    /**
     * How one instance comes by its stem.
     *
     * @param said the manifest's {@code stem:}
     */
    public record StemUse(Identity identity, NamingRule rule, Optional<String> said) {

        public StemUse {
            Objects.requireNonNull(identity, "identity");
            Objects.requireNonNull(rule, "rule");
            Objects.requireNonNull(said, "said");
        }

        private String stem() {
            return Stem.of(identity, said).text();
        }
    }

    /** @param instance the instance to tell of */
    public record Warning(String instance, Problem problem) {

        public Warning {
            Objects.requireNonNull(instance, "instance");
            Objects.requireNonNull(problem, "problem");
        }
    }

    /** A namespace that ends in a colon of its own, as {@code market-data-adapter} computes from two segments. */
    public static Optional<Warning> bareColon(String instance, String namespace) {
        if (!namespace.endsWith(":")) {
            return Optional.empty();
        }
        Problem problem = Problem.warning("the namespace of `%s`, `%s`, ends in a bare colon: its keys are `%s:*`"
                        .formatted(instance, namespace, namespace))
                .remedy("nothing to do if its adapter computes that; otherwise set `namespace:`");
        return Optional.of(new Warning(instance, problem));
    }

    /**
     * Singletons of the rule {@code component} whose stem is another than that of their service's further instances:
     * {@code risk-monitor} has the stem {@code risk}, {@code risk-monitor-LH} the stem {@code risk-monitor}.
     *
     * @return at most one for each service
     */
    public static List<Warning> differingStems(List<StemUse> uses) {
        Map<String, List<StemUse>> byService = new LinkedHashMap<>();
        uses.stream()
                .filter(use -> use.rule() == NamingRule.COMPONENT)
                .forEach(use -> byService.computeIfAbsent(use.identity().service(), s -> new ArrayList<>()).add(use));
        return byService.values().stream().flatMap(same -> differing(same).stream()).toList();
    }

    private static Optional<Warning> differing(List<StemUse> sameService) {
        return sameService.stream()
                .filter(use -> use.identity().singleton())
                .findFirst()
                .flatMap(singleton -> sameService.stream()
                        .filter(use -> !use.identity().singleton() && !use.stem().equals(singleton.stem()))
                        .findFirst()
                        .map(other -> warning(singleton, other)));
    }

    private static Warning warning(StemUse singleton, StemUse other) {
        Problem problem = Problem.warning("`%s` has the stem `%s`, but `%s`, of the same service, has the stem `%s`"
                        .formatted(singleton.identity().instance(), singleton.stem(),
                                other.identity().instance(), other.stem()))
                .remedy("set `stem: %s` for the service `%s`, if both are to have it"
                        .formatted(other.stem(), other.identity().service()));
        return new Warning(singleton.identity().instance(), problem);
    }
}
