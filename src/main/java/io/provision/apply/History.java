package io.provision.apply;

import io.provision.journal.Journal;
import io.provision.journal.RunEntry;
import io.provision.journal.SentChange;
import io.provision.manifest.Manifest;
import io.provision.plan.Change;
import io.provision.postgres.DatabaseFailure;
import io.provision.postgres.Failures;
import io.provision.postgres.Postgres;
import io.provision.postgres.Session;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads the journal. */
public final class History {

    private History() {}

    /**
     * @return the newest first; none where nothing was ever journaled
     * @throws ProvisionException with {@link ExitCode#REFUSED} where the login may not read it
     */
    public static List<RunEntry> runs(Postgres postgres, Journal journal) {
        try (Session session = postgres.open()) {
            session.beginReadOnly();
            if (!session.call(journal::stands)) {
                return List.of();
            }
            JournalAccess.require(session, journal);
            return session.call(journal.runs()::all);
        } catch (DatabaseFailure e) {
            throw Failures.of("reading the journal", e);
        }
    }

    /**
     * One run, with all that it sent. No transaction stands open while that is used: somebody may be reading it.
     *
     * @throws ProvisionException with {@link ExitCode#USAGE} where the journal knows no such run
     */
    public static void run(Postgres postgres, Journal journal, String id, Consumer<RunLog> use) {
        RunEntry entry = runs(postgres, journal).stream()
                .filter(run -> run.run().id().equals(id))
                .findFirst()
                .orElseThrow(() -> new ProvisionException(
                        ExitCode.USAGE,
                        Problem.error("the journal knows no run " + id).remedy("`provision history` lists them")));
        try (Session session = postgres.open()) {
            use.accept(new RunLog(entry, after -> sent(session, journal, id, after)));
        } catch (DatabaseFailure e) {
            throw Failures.of("reading the journal", e);
        }
    }

    private static List<SentChange> sent(Session session, Journal journal, String run, long after) {
        session.beginReadOnly();
        List<SentChange> some = session.call(c -> journal.changes().sent(c, run, after));
        session.rollback();
        return some;
    }

    /**
     * What is wrong with names that neither the journal nor the manifest knows.
     *
     * @param journaled the instances of what is journaled, {@link Change#SHARED} among them
     */
    public static List<Problem> unknownNames(
            Collection<String> names, Stream<String> journaled, Manifest manifest) {
        Set<String> listed = manifest.byName().keySet();
        Set<String> known = journaled.filter(instance -> !instance.equals(Change.SHARED))
                .collect(Collectors.toCollection(TreeSet::new));
        return names.stream()
                .filter(name -> !known.contains(name) && !listed.contains(name))
                .map(name -> Problem.error("neither the journal nor the manifest knows an instance " + name)
                        .remedy(known.isEmpty()
                                ? "the journal knows of none yet"
                                : "the journal knows: " + String.join(", ", known)))
                .toList();
    }
}
