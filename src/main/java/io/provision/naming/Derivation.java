package io.provision.naming;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What came of deriving an instance's names: the names, or why there are none. */
public sealed interface Derivation {

    /**
     * @param stem what the service's instances have in common
     * @param entity which of them this one is; empty for a singleton, and where the name does not begin with the stem
     */
    record Derived(Names names, String stem, Optional<String> entity) implements Derivation {

        public Derived {
            Objects.requireNonNull(names, "names");
            Objects.requireNonNull(stem, "stem");
            Objects.requireNonNull(entity, "entity");
        }
    }

    /** @param reasons sentences, each naming what does not fit and what to change */
    record Impossible(List<String> reasons) implements Derivation {

        public Impossible {
            reasons = List.copyOf(reasons);
        }
    }
}
