package io.provision.plan;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * A privilege that PostgreSQL grants (manual, section 5.8 "Privileges", table 5.1), in the order in which
 * PostgreSQL's own documentation lists them.
 */
public enum Privilege {
    SELECT,
    INSERT,
    UPDATE,
    DELETE,
    TRUNCATE,
    REFERENCES,
    TRIGGER,
    CREATE,
    EXECUTE,
    USAGE,
    /** From 17 on. */
    MAINTAIN;

    /** An unmodifiable set in the declared order. */
    public static Set<Privilege> setOf(Collection<Privilege> privileges) {
        EnumSet<Privilege> set = EnumSet.noneOf(Privilege.class);
        set.addAll(privileges);
        return Collections.unmodifiableSet(set);
    }
}
