package io.provision.apply;

import io.provision.journal.Journal;
import io.provision.postgres.DatabaseFailure;
import io.provision.postgres.Failures;
import io.provision.postgres.Postgres;
import io.provision.postgres.PostgresStatements;
import io.provision.postgres.RunLock;
import io.provision.postgres.Session;
import io.provision.problem.ProvisionException;
import java.util.Optional;
import java.util.function.Consumer;

/** New passwords for roles and Redis users: looks, asks, applies. */
public final class Rotation {

    private final Scope scope;
    private final Stores stores;
    private final Postgres postgres;
    private final Journal journal;
    private final RotationRequest request;
    private final RotationSurveyor surveyor;

    /** What came of it, and what it was planned from. */
    public record Result(Outcome outcome, RotationSurvey survey) {}

    /** @param stores PostgreSQL, and Redis where its users are not left out */
    public Rotation(Scope scope, Stores stores, Journal journal, RotationRequest request) {
        this.scope = scope;
        this.stores = stores;
        this.postgres = stores.postgres().orElseThrow();
        this.journal = journal;
        this.request = request;
        this.surveyor = new RotationSurveyor(scope, stores, journal, request);
    }

    private RotationSurvey survey() {
        try (Session session = postgres.open()) {
            return surveyor.survey(session);
        } catch (DatabaseFailure e) {
            throw Failures.of("looking at the catalogs", e);
        }
    }

    private RotationSurvey survey(RunLock lock) {
        try (Session session = lock.openBeside(postgres)) {
            return surveyor.survey(session);
        }
    }

    /**
     * Does it.
     *
     * @param consent is shown what is planned before it is applied, and throws to refuse it
     * @throws ProvisionException USAGE, REFUSED, LOCKED, UNREACHABLE, or what {@code consent} throws; nothing was done
     *     then
     */
    public Result rotate(
            ApplyOptions options, Consumer<RotationSurvey> consent, Progress progress, Interruption interruption) {
        Turn turn = new Turn(request.run(), scope, journal, postgres, options, progress, interruption);
        while (true) {
            RotationSurvey survey = survey();
            survey.refuse();
            if (survey.nothingToDo()) {
                return new Result(Outcome.NOTHING, survey);
            }
            if (!survey.plan().isEmpty()) {
                consent.accept(survey);
            }
            Optional<Result> result = turn.take(lock -> rotate(survey, turn, lock));
            if (result.isPresent()) {
                return result.get();
            }
        }
    }

    /** Empty where things have changed since consent was given: nobody waits while it is asked again. */
    private Optional<Result> rotate(RotationSurvey agreed, Turn turn, RunLock lock) {
        RotationSurvey now = survey(lock);
        now.refuse();
        if (!now.plan().fingerprint().equals(agreed.plan().fingerprint())) {
            return Optional.empty();
        }
        RunResults results = new RunResults();
        NewPasswords passwords = new NewPasswords(request.environment(), now.unfinished());
        RotationRun run = new RotationRun(
                turn.context(lock, now.facts(), version -> PostgresStatements.sent(version, passwords::verifier)),
                new PasswordPhase(stores.redisOfUsers(scope), results, turn.options().persist()),
                passwords,
                turn.progress(),
                results);
        return Optional.of(new Result(run.apply(now), now));
    }
}
