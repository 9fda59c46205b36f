package io.provision.apply;

import io.provision.journal.Journal;
import io.provision.manifest.Instance;
import io.provision.postgres.Session;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where the manifest says something else than the journal of which instances are protected from rollback.
 *
 * @param toRecord what the manifest says, by instance
 * @param notes why some of it cannot be recorded
 */
record ProtectionLook(Map<String, Boolean> toRecord, List<String> notes) {

    ProtectionLook {
        toRecord = Map.copyOf(toRecord);
        notes = List.copyOf(notes);
    }

    /** @param access to the journal's older tables */
    static ProtectionLook of(Session session, Journal journal, Scope scope, JournalAccess access) {
        if (access == JournalAccess.ABSENT) {
            return new ProtectionLook(changed(scope, Set.of()), List.of());
        }
        if (access == JournalAccess.UNREADABLE) {
            return new ProtectionLook(Map.of(), List.of());
        }
        if (!session.call(journal.protections()::readable)) {
            return new ProtectionLook(Map.of(), List.of(unreadable(journal)));
        }
        Map<String, Boolean> changed =
                changed(scope, session.call(c -> journal.protections().of(c, scope.manifest().ecosystem())));
        if (changed.isEmpty() || session.call(journal.protections()::recordable)) {
            return new ProtectionLook(changed, List.of());
        }
        return new ProtectionLook(Map.of(), List.of(("the journal cannot be told `protect` of %s: the login may neither"
                        + " write to the table protections in the schema %s nor make it; a rollback goes by it only"
                        + " while the manifest lists them")
                .formatted(
                        changed.keySet().stream().sorted().collect(Collectors.joining(", ")), journal.schemaName())));
    }

    /** What a person should know where the login may read all of the journal but this. */
    static String unreadable(Journal journal) {
        return ("which instances the journal says are protected from rollback is unknown: the login may not read the"
                        + " table protections in the schema %s; let its owner GRANT SELECT on it")
                .formatted(journal.schemaName());
    }

    /** An instance that nothing was ever done for has nothing to be protected. */
    private static Map<String, Boolean> changed(Scope scope, Set<String> journaled) {
        return scope.instances().stream()
                .filter(instance -> instance.protect() != journaled.contains(instance.name()))
                .collect(Collectors.toMap(Instance::name, Instance::protect));
    }
}
