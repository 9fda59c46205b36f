package io.provision.apply;

import io.provision.plan.Change;
import io.provision.postgres.DatabaseFailure;
import io.provision.postgres.Failures;
import io.provision.problem.ProvisionException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What is refused of the roles of several instances is done again, each instance's apart: so the one at fault is named,
 * and is left out alone ({@code postgres.md}, "Atomic, resumable, alone").
 */
final class RolesApart {

    private final RolePhase phase;
    private final MadeRoles made;

    /** @param made is given what is done */
    RolesApart(RolePhase phase, MadeRoles made) {
        this.phase = phase;
        this.made = made;
    }

    /** Whether the same may succeed for another instance. */
    static boolean mayHelp(DatabaseFailure e) {
        return !e.connectionLost() && !e.cancelled();
    }

    /**
     * @param changes of one instance, or of what several share
     * @return why they were refused; empty where they were not
     * @throws DatabaseFailure that others would meet, too
     */
    Optional<ProvisionException> refusal(WorkTransaction transaction, List<Change> changes) {
        AtomicReference<String> doing = new AtomicReference<>("what the roles need");
        try {
            for (int from = 0; from < changes.size(); from += RoleChunk.LARGEST) {
                List<Change> chunk = changes.subList(from, Math.min(from + RoleChunk.LARGEST, changes.size()));
                phase.applyApart(transaction, chunk, made, change -> doing.set(words(change)));
            }
            return Optional.empty();
        } catch (DatabaseFailure e) {
            if (!mayHelp(e)) {
                throw e;
            }
            return Optional.of(Failures.of(doing.get(), e));
        }
    }

    private static String doing(Change change) {
        if (change.after().isEmpty()) {
            return "taking away";
        }
        return change.creates() ? "making" : "changing";
    }

    private static String words(Change change) {
        return doing(change) + " " + change.target().words();
    }
}
