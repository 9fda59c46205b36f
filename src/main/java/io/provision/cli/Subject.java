package io.provision.cli;

import io.provision.manifest.NameSettings;
import io.provision.naming.Adapter;
import io.provision.naming.Derivation;
import io.provision.naming.Derivation.Derived;
import io.provision.naming.Derivation.Impossible;
import io.provision.naming.Identity;
import io.provision.naming.NameRules;
import io.provision.naming.NamingRule;
import io.provision.naming.Overrides;
import io.provision.problem.Problem;
import io.provision.report.DerivedInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An instance whose names {@code derive} prints, or holds those that it prints against.
 *
 * @param naming the rule that the names come from
 * @param overrides what the names come from beside the rule
 * @param chosen whether its names are printed
 * @param asAdapter whether the names are an adapter's, which asks nobody whether they will do
 */
record Subject(
        Identity identity,
        NameSettings settings,
        NamingRule naming,
        Adapter adapter,
        Overrides overrides,
        Derivation derivation,
        boolean chosen,
        boolean asAdapter) {

    Subject {
        Objects.requireNonNull(identity, "identity");
        Objects.requireNonNull(settings, "settings");
        Objects.requireNonNull(naming, "naming");
        Objects.requireNonNull(adapter, "adapter");
        Objects.requireNonNull(overrides, "overrides");
        Objects.requireNonNull(derivation, "derivation");
    }

    /** The manifest's overrides but for the stem, which rules ask for, left out. */
    Overrides stemAlone() {
        return stemAlone(settings.overrides());
    }

    static Overrides stemAlone(Overrides overrides) {
        return new Overrides(overrides.stem(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** What a service would run that follows another rule. */
    Adapter adapter(NamingRule rule) {
        return rule == adapter.rule() ? adapter : Adapter.of(rule);
    }

    DerivedInstance derived() {
        return new DerivedInstance(identity, naming, adapter, ((Derived) derivation).names());
    }

    /** Why its names cannot be printed; what an adapter computes always can, if it computes anything. */
    List<Problem> errors() {
        if (derivation instanceof Impossible impossible) {
            return problems(impossible.reasons());
        }
        return asAdapter ? List.of() : problems(faults());
    }

    /** What names must satisfy, and these do not. */
    List<String> faults() {
        List<String> faults = new ArrayList<>(NameRules.faultsOfIdentity(identity));
        if (derivation instanceof Derived derived) {
            boolean schemaSaid = overrides.schema().isPresent() || asAdapter;
            faults.addAll(NameRules.faultsOfNames(derived.names(), schemaSaid, ""));
        }
        return faults;
    }

    private List<Problem> problems(List<String> reasons) {
        return reasons.stream()
                .map(reason -> Problem.error("instance `" + identity.instance() + "`: " + reason))
                .toList();
    }
}
