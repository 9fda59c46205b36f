package io.provision.apply;

import io.provision.journal.Journal;
import io.provision.journal.Run;
import io.provision.plan.rollback.Remark;
import io.provision.postgres.DatabaseFailure;
import io.provision.postgres.Failures;
import io.provision.postgres.Postgres;
import io.provision.postgres.PostgresStatements;
import io.provision.postgres.RunLock;
import io.provision.postgres.Session;
import io.provision.problem.ProvisionException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The way back from what stands to what stood before: reads the journal, plans, asks, applies. */
public final class Rollback {

    private final Scope scope;
    private final Stores stores;
    private final Postgres postgres;
    private final Journal journal;
    private final RollbackRequest request;
    private final RollbackSurveyor surveyor;
    private final RolledBackKeys keys;

    /** What came of it, and what it was planned from. */
    public record Result(Outcome outcome, RollbackSurvey survey) {}

    /**
     * @param stores PostgreSQL, and Redis where its users are not to be left out
     * @param host this machine, as the journal names it
     */
    public Rollback(Scope scope, Stores stores, Journal journal, RollbackRequest request, String host) {
        this.scope = scope;
        this.stores = stores;
        this.postgres = stores.postgres().orElseThrow();
        this.journal = journal;
        this.request = request;
        this.surveyor = new RollbackSurveyor(scope, stores.redisOfUsers(scope), journal, request, host);
        this.keys = new RolledBackKeys(scope, stores.redis(), request.discardData());
    }

    /** Looks and plans; changes nothing. */
    public RollbackSurvey survey() {
        return keys.addTo(surveyWithoutKeys());
    }

    private RollbackSurvey surveyWithoutKeys() {
        try (Session session = postgres.open()) {
            return surveyor.survey(session);
        } catch (DatabaseFailure e) {
            throw Failures.of("looking at the catalogs", e);
        }
    }

    private RollbackSurvey surveyWithoutKeys(RunLock lock) {
        try (Session session = lock.openBeside(postgres)) {
            return surveyor.survey(session);
        }
    }

    /**
     * Undoes it.
     *
     * @param run what the journal is told of the run
     * @param consent is shown what is planned before it is applied, and throws to refuse it
     * @throws ProvisionException REFUSED, LOCKED, UNREACHABLE, or what {@code consent} throws; nothing was done then
     */
    public Result rollBack(
            Run run,
            ApplyOptions options,
            Consumer<RollbackSurvey> consent,
            Progress progress,
            Interruption interruption) {
        Turn turn = new Turn(run, scope, journal, postgres, options, progress, interruption);
        while (true) {
            Agreed agreed = agree(consent);
            if (agreed.end().isPresent()) {
                return agreed.end().get();
            }
            Optional<Result> result = turn.take(lock -> rollBack(agreed, turn, lock));
            if (result.isPresent()) {
                return result.get();
            }
        }
    }

    /**
     * What is kept of a look until the next one, under the lock: of ten thousand instances, two would fill the memory.
     *
     * @param end where there is nothing to do
     * @param fingerprint of the plan
     */
    private record Agreed(
            Optional<Result> end, String fingerprint, List<Remark> kept, List<Remark> skipped, List<String> notes) {

        static Agreed to(RollbackSurvey survey) {
            return new Agreed(
                    Optional.empty(),
                    survey.plan().fingerprint().hex(),
                    survey.rollback().kept(),
                    survey.rollback().skipped(),
                    survey.plan().notes());
        }

        static Agreed nothing(RollbackSurvey survey) {
            return new Agreed(
                    Optional.of(new Result(Outcome.NOTHING, survey)), "", List.of(), List.of(), List.of());
        }

        /** The same plan, and what was told of it. */
        RollbackSurvey tell(RollbackSurvey now) {
            return now.with(now.rollback().telling(kept, skipped, notes));
        }
    }

    private Agreed agree(Consumer<RollbackSurvey> consent) {
        RollbackSurvey survey = survey();
        survey.refuse();
        if (survey.nothingToDo()) {
            return Agreed.nothing(survey);
        }
        if (!survey.plan().isEmpty()) {
            consent.accept(survey);
        }
        return Agreed.to(survey);
    }

    /** Empty where things have changed since consent was given: nobody waits while it is asked again. */
    private Optional<Result> rollBack(Agreed agreed, Turn turn, RunLock lock) {
        // Nobody else waits for the lock while millions of keys are counted again.
        RollbackSurvey now = surveyWithoutKeys(lock);
        now.refuse();
        if (now.nothingToDo()) {
            return Optional.of(new Result(Outcome.NOTHING, now));
        }
        if (!now.plan().fingerprint().hex().equals(agreed.fingerprint())) {
            return Optional.empty();
        }
        RunResults results = new RunResults();
        Passwords passwords = new Passwords(scope, Map.of());
        RunContext context = turn.context(lock, now.facts(), PostgresStatements::shown);
        JournaledRun journaled = new JournaledRun(
                context,
                new Backward(now.facts(), now.selection(), request.discardData(), results),
                new UserPhase(stores.redisOfUsers(scope), passwords, results, turn.options().persist()),
                stores,
                passwords,
                turn.progress(),
                results);
        Outcome outcome = journaled.apply(task(now, context.texts()));
        return Optional.of(new Result(outcome.warning(keys.takeAway(now, outcome.applied())), agreed.tell(now)));
    }

    private static Task task(RollbackSurvey survey, ChangeTexts texts) {
        return new Task(
                survey.plan(),
                true,
                survey.left(),
                survey.rollback().settled().stream().map(texts::settled).toList(),
                Map.of());
    }
}
