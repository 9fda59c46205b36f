package io.provision.plan;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Consumer;

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
        // A reader's are of one, and thousands of instances have ten of them each.
        if (privileges.size() == 1) {
            return Set.of(privileges.iterator().next());
        }
        EnumSet<Privilege> set = EnumSet.noneOf(Privilege.class);
        set.addAll(privileges);
        return Collections.unmodifiableSet(set);
    }

    /** What is in either set. */
    public static Set<Privilege> plus(Set<Privilege> some, Set<Privilege> others) {
        return changed(some, set -> set.addAll(others));
    }

    /** What is in the first set only. */
    public static Set<Privilege> minus(Set<Privilege> some, Set<Privilege> others) {
        if (some.isEmpty()) {
            return Set.of();
        }
        return changed(some, set -> set.removeAll(others));
    }

    /** What is in both sets. */
    public static Set<Privilege> both(Set<Privilege> some, Set<Privilege> others) {
        return changed(some, set -> set.retainAll(others));
    }

    private static Set<Privilege> changed(Set<Privilege> some, Consumer<Set<Privilege>> change) {
        EnumSet<Privilege> set = EnumSet.noneOf(Privilege.class);
        set.addAll(some);
        change.accept(set);
        return Collections.unmodifiableSet(set);
    }

    /** As GRANT takes them. */
    public static String list(Collection<Privilege> privileges) {
        StringJoiner list = new StringJoiner(", ");
        privileges.forEach(privilege -> list.add(privilege.name()));
        return list.toString();
    }
}
