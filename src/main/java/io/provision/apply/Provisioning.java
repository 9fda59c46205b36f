package io.provision.apply;

import io.provision.journal.Journal;
import io.provision.journal.Run;
import io.provision.plan.Plan;
import io.provision.plan.PostgresResource.Role;
import io.provision.plan.Store;
import io.provision.postgres.DatabaseFailure;
import io.provision.postgres.Failures;
import io.provision.postgres.Postgres;
import io.provision.postgres.PostgresStatements;
import io.provision.postgres.RunLock;
import io.provision.postgres.Session;
import io.provision.problem.ProvisionException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The way from a manifest to what stands: looks, plans, asks, applies. */
public final class Provisioning {

    private final Scope scope;
    private final Stores stores;
    private final Journal journal;
    private final Surveyor surveyor;

    public Provisioning(Scope scope, Stores stores, Journal journal) {
        this.scope = scope;
        this.stores = stores;
        this.journal = journal;
        this.surveyor = new Surveyor(scope, journal);
    }

    /** Looks and plans; changes nothing. */
    public Survey survey() {
        if (stores.postgres().isEmpty()) {
            return surveyor.survey(Optional.empty());
        }
        try (Session session = stores.postgres().get().open()) {
            return surveyor.survey(Optional.of(session));
        } catch (DatabaseFailure e) {
            throw Failures.of("looking at the catalogs", e);
        }
    }

    /**
     * Makes it so.
     *
     * @param run what the journal is told of the run
     * @param environment where passwords may come from
     * @param consent is shown each plan before it is applied, and throws to refuse it
     * @throws ProvisionException REFUSED, LOCKED, UNREACHABLE, or what {@code consent} throws; nothing was done then
     */
    public Outcome init(
            Run run,
            Map<String, String> environment,
            ApplyOptions options,
            Consumer<Plan> consent,
            Progress progress,
            Interruption interruption) {
        Survey survey = survey();
        survey.refuse();
        if (survey.nothingToDo()) {
            return Outcome.NOTHING;
        }
        Passwords passwords = new Passwords(scope.manifest().instances(), environment);
        passwords.require(survey.plan().changes().stream()
                .filter(change -> change.creates() && change.resource() instanceof Role)
                .map(change -> change.target().target())
                .toList());
        consent.accept(survey.plan());
        if (stores.postgres().isEmpty()) {
            return new UnjournaledRun(stores, progress, interruption).apply(survey.plan());
        }
        Postgres postgres = stores.postgres().get();
        try (RunLock lock = interruption.whileWaiting(
                () -> RunLock.take(postgres, options.patience(), progress::waitsFor))) {
            interruption.whileWaiting(() -> lock.awaitEarlierWork(options.patience(), progress::waitsFor));
            Survey now = survey();
            now.refuse();
            if (now.nothingToDo()) {
                return Outcome.NOTHING;
            }
            if (!now.plan().fingerprint().equals(survey.plan().fingerprint())) {
                consent.accept(now.plan());
            }
            RunContext context = new RunContext(
                    run,
                    now.desired(),
                    now.desired().byInstance(Store.POSTGRES),
                    now.facts().orElseThrow(),
                    postgres,
                    lock,
                    journal,
                    new ChangeTexts(scope, now.facts().orElseThrow().serverVersion()),
                    PostgresStatements.sent(
                            now.facts().orElseThrow().serverVersion(),
                            passwords::verifier),
                    options,
                    interruption);
            return new JournaledRun(context, stores, progress).apply(now);
        } catch (DatabaseFailure e) {
            throw Failures.of("the run", e);
        }
    }
}
