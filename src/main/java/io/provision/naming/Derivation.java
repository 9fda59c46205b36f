package io.provision.naming;

import java.util.List;

/** What came of deriving an instance's names: the names, or why there are none. */
public sealed interface Derivation {

    /**
     * @param stem what the service's instances have in common
     * @param entity which of them this one is; empty for a singleton, and where the name does not begin with the stem
     */
    record Derived(Names names, String stem, java.util.Optional<String> entity) implements Derivation {}

    /** @param reasons sentences, each naming what does not fit and what to change */
    record Impossible(List<String> reasons) implements Derivation {

        public Impossible {
            reasons = List.copyOf(reasons);
        }
    }
}
