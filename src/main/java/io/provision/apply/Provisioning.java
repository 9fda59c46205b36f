package io.provision.apply;

import io.provision.journal.Journal;
import io.provision.journal.Run;
import io.provision.plan.MoveRequest;
import io.provision.plan.PostgresResource.Role;
import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.acl.AclRules.Login;
import io.provision.postgres.DatabaseFailure;
import io.provision.postgres.Failures;
import io.provision.postgres.LoginFacts;
import io.provision.postgres.PostgresStatements;
import io.provision.postgres.RunLock;
import io.provision.postgres.Session;
import io.provision.problem.ProvisionException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The way from a manifest to what stands: looks, plans, asks, applies. */
public final class Provisioning {

    private final Scope scope;
    private final Stores stores;
    private final Journal journal;
    private final String host;
    private final Surveyor surveyor;

    /** @param host this machine, as the journal names it */
    public Provisioning(Scope scope, Stores stores, Journal journal, String host) {
        this.scope = scope;
        this.stores = stores;
        this.journal = journal;
        this.host = host;
        this.surveyor = new Surveyor(scope, stores, journal, host);
    }

    /** Looks and plans; changes nothing. */
    public Survey survey() {
        Survey survey = survey(surveyor);
        return survey.noting(occupied(survey));
    }

    private List<String> occupied(Survey survey) {
        return new OccupiedNamespaces(scope, stores.redis()).told(survey.plan());
    }

    /**
     * Looks and plans as {@link #survey} does. Where the login may only look, and another one provisions here, it is
     * the plan of that one: that this one could not apply it is no reason to refuse it.
     */
    public Survey planning() {
        Survey own = survey();
        Optional<LoginFacts> facts = own.facts().filter(LoginFacts::onlyLooks);
        if (own.plan().refusals().isEmpty() || facts.isEmpty()) {
            return own;
        }
        return provisioner(facts.get())
                .map(other -> inspect().noting(List.of("this is the plan of %s, who owns the journal: %s may only look"
                        .formatted(other, facts.get().login().name()))))
                .orElse(own);
    }

    /** Another login than this one; empty where there is no journal yet, or it is this one's. */
    private Optional<String> provisioner(LoginFacts facts) {
        try (Session session = stores.postgres().orElseThrow().open()) {
            session.beginReadOnly();
            String owner = LoginFacts.provisioner(session, facts, journal.schemaName()).name();
            session.rollback();
            return Optional.of(owner).filter(name -> !name.equals(facts.login().name()));
        } catch (DatabaseFailure e) {
            throw Failures.of("looking at the catalogs", e);
        }
    }

    /**
     * Looks and plans as {@link #survey} does for the login that provisions, with any login that may look. Where users
     * in Redis cannot be looked at, that is a reason to refuse the plan.
     */
    public Survey inspect() {
        return survey(Surveyor.standingIn(scope, stores, journal, host));
    }

    private Survey surveyWithoutKeys(RunLock lock) {
        AskedUsers users = surveyor.users();
        try (Session session = lock.openBeside(stores.postgres().orElseThrow())) {
            return surveyor.survey(Optional.of(session), users);
        }
    }

    private Survey survey(Surveyor surveyor) {
        AskedUsers users = surveyor.users();
        if (stores.postgres().isEmpty()) {
            return surveyor.survey(Optional.empty(), users);
        }
        try (Session session = stores.postgres().get().open()) {
            return surveyor.survey(Optional.of(session), users);
        } catch (DatabaseFailure e) {
            throw Failures.of("looking at the catalogs", e);
        }
    }

    /**
     * Makes it so.
     *
     * @param run what the journal is told of the run
     * @param environment where passwords may come from
     * @throws ProvisionException REFUSED, LOCKED, UNREACHABLE, or what {@code agreement} throws; nothing was done then
     */
    public Outcome init(
            Run run,
            Map<String, String> environment,
            ApplyOptions options,
            Agreement agreement,
            Progress progress,
            Interruption interruption) {
        Passwords passwords = new Passwords(scope, environment);
        if (stores.postgres().isEmpty()) {
            Survey survey = survey(surveyor);
            List<String> occupied = agree(survey, agreement, passwords).occupied();
            return new UnjournaledRun(stores, passwords, options, progress, interruption)
                    .apply(survey)
                    .warning(occupied);
        }
        Turn turn = new Turn(
                run, scope, journal, stores.postgres().orElseThrow(), options, progress, interruption);
        while (true) {
            Shown agreed = agree(survey(surveyor), agreement, passwords);
            if (agreed.nothingToDo()) {
                return Outcome.NOTHING;
            }
            Optional<Outcome> outcome =
                    turn.take(lock -> provision(agreed.fingerprint(), agreement, passwords, turn, lock));
            if (outcome.isPresent()) {
                return outcome.get().warning(agreed.occupied());
            }
        }
    }

    /**
     * What is kept of a look until the next one, under the lock.
     *
     * @param fingerprint of the plan; of no use, and empty, where there is nothing to do
     */
    private record Shown(String fingerprint, boolean nothingToDo, List<String> occupied) {
    }

    private Shown agree(Survey looked, Agreement agreement, Passwords passwords) {
        List<String> occupied = occupied(looked);
        Survey survey = looked.noting(occupied);
        survey.refuse();
        passwords.require(rolesToMake(survey), usersToGivePasswords(survey));
        agreement.give(survey);
        boolean nothingToDo = survey.nothingToDo();
        return new Shown(nothingToDo ? "" : survey.plan().fingerprint().hex(), nothingToDo, occupied);
    }

    /**
     * Empty where things have changed since it was agreed to: nobody waits while it is asked for again.
     *
     * @param agreed the fingerprint of the plan
     */
    private Optional<Outcome> provision(
            String agreed, Agreement agreement, Passwords passwords, Turn turn, RunLock lock) {
        // Nobody else waits for the lock while millions of keys are counted again.
        Survey now = surveyWithoutKeys(lock);
        now.refuse();
        if (!agreement.covers(agreed, now)) {
            return Optional.empty();
        }
        if (now.nothingToDo()) {
            return Optional.of(Outcome.NOTHING);
        }
        passwords.prepare(rolesToMake(now));
        RunResults results = new RunResults();
        JournaledRun journaled = new JournaledRun(
                turn.context(
                        lock,
                        now.facts().orElseThrow(),
                        version -> PostgresStatements.sent(version, passwords::verifier)),
                direction(now),
                new UserPhase(stores.redisOfUsers(scope), passwords, results, turn.options().persist()),
                stores,
                passwords,
                turn.progress(),
                results);
        return Optional.of(journaled.apply(Task.of(now)));
    }

    private Direction direction(Survey survey) {
        return new Forward(survey.facts().orElseThrow(), survey.desired(), moving());
    }

    private Map<String, MoveRequest> moving() {
        return scope.instances().stream()
                .map(MoveRequest::of)
                .filter(request -> !request.tables().isEmpty())
                .collect(Collectors.toMap(MoveRequest::instance, Function.identity()));
    }

    private static List<String> rolesToMake(Survey survey) {
        return survey.plan().changes().stream()
                .filter(change -> change.creates() && change.resource() instanceof Role)
                .map(change -> change.target().target())
                .toList();
    }

    private static List<String> usersToGivePasswords(Survey survey) {
        return survey.plan().changes().stream()
                .filter(change -> change.resource() instanceof AclUser user
                        && user.rules().login() == Login.PASSWORD
                        && change.before().filter(was -> hasPassword((AclUser) was)).isEmpty())
                .map(change -> ((AclUser) change.resource()).name())
                .distinct()
                .toList();
    }

    private static boolean hasPassword(AclUser user) {
        return user.rules().login() == Login.PASSWORD;
    }
}
