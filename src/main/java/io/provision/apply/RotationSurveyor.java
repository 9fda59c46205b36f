package io.provision.apply;

import io.provision.apply.Credential.Kind;
import io.provision.journal.Journal;
import io.provision.journal.OpenIntent;
import io.provision.manifest.Instance;
import io.provision.plan.Change;
import io.provision.plan.Desired;
import io.provision.plan.DesiredState;
import io.provision.plan.Fingerprint;
import io.provision.plan.Live;
import io.provision.plan.Plan;
import io.provision.plan.Planner;
import io.provision.plan.PostgresResource.Role;
import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.RolePassword;
import io.provision.plan.acl.AclRules;
import io.provision.postgres.LoginFacts;
import io.provision.postgres.PlpgsqlPrerequisites;
import io.provision.postgres.PostgresInspector;
import io.provision.postgres.Prerequisites;
import io.provision.postgres.Session;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.redis.RedisStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Looks at who would get a new password, and whether that can be done without locking anybody out. Changes nothing. */
final class RotationSurveyor {

    private final Scope scope;
    private final Stores stores;
    private final Journal journal;
    private final RotationRequest request;
    private final Set<String> names;

    RotationSurveyor(Scope scope, Stores stores, Journal journal, RotationRequest request) {
        this.scope = scope;
        this.stores = stores;
        this.journal = journal;
        this.request = request;
        this.names = scope.instances().stream().map(Instance::name).collect(Collectors.toSet());
    }

    /** @throws ProvisionException USAGE, where somebody has no password to be replaced, or the new one is not there */
    RotationSurvey survey(Session session) {
        RotationChoice choice =
                new RotationChoice(scope, stores.redisOfUsers(scope).isPresent(), request.retiresOld());
        choice.require();
        LiveUsers users = LiveUsers.of(scope, stores);
        session.beginReadOnly();
        try {
            return survey(session, choice, users);
        } finally {
            session.rollback();
        }
    }

    private RotationSurvey survey(Session session, RotationChoice choice, LiveUsers users) {
        LoginFacts facts = LoginFacts.read(session);
        boolean stands = session.call(journal::stands);
        LeftOpen left = left(session, users, stands);
        Set<String> unfinished = unfinished(left);
        LeftOpen afterwards = left.ending(intent -> isFinishedHere(intent, users));
        NewPasswords passwords = new NewPasswords(request.environment(), unfinished);
        if (!request.retiresOld()) {
            passwords.require(choice.chosen());
        }
        Desired wanted = wanted(facts, users, choice.chosen());
        Plan standing = standing(session, facts, wanted, users);
        RotatedUsers rotated = Snapshot.whileAsking(session, () -> RotatedUsers.of(
                request, users.redis(), wanted.state().each(AclUser.class).toList(), choice.chosen(), passwords));
        List<RotationUnit> units =
                RotationUnit.of(choice.chosen(), rotated::of, credential -> changes(credential, rotated));
        Plan plan = plan(units)
                .noting(rotated.notes())
                .noting(Snapshot.whileAsking(session, () -> lost(users, units)))
                .noting(afterwards.notes())
                .refusedFor(choice.refusals())
                .refusedFor(standing.refusals())
                .refusedFor(absent(standing))
                .refusedFor(own(facts, choice.chosen()));
        if (plan.refusals().isEmpty()) {
            plan = plan.refusedFor(rotated.refusals())
                    .refusedFor(request.retiresOld() ? interrupted(unfinished) : List.of())
                    .refusedFor(Prerequisites.lackingFor(session, facts, plan, journal.schemaName()))
                    .refusedFor(PlpgsqlPrerequisites.lacking(
                            session, facts.login(), !stands && !plan.isEmpty(), false));
        }
        return new RotationSurvey(plan, request.retiresOld(), units, facts, stands, unfinished, afterwards.found());
    }

    /** What {@code init} would do for those who are to have new passwords. */
    private static Plan standing(Session session, LoginFacts facts, Desired wanted, LiveUsers users) {
        Live live = new Live(new PostgresInspector(session, facts, wanted).state(), List.of());
        return users.with(Planner.plan(live.with(users.live(wanted)), wanted));
    }

    private LeftOpen left(Session session, LiveUsers users, boolean stands) {
        if (!stands) {
            return LeftOpen.NOTHING;
        }
        JournalAccess.require(session, journal);
        return Recovery.look(
                session, journal, scope.manifest().ecosystem(), request.run().host(), users.redis());
    }

    private Set<String> unfinished(LeftOpen left) {
        return left.rotations().stream()
                .filter(intent -> !intent.retires())
                .map(OpenIntent::instance)
                .filter(this::isChosen)
                .collect(Collectors.toSet());
    }

    /** What was to be retired is so again; or a later run does it, that retires what this one replaces. */
    private boolean isFinishedHere(OpenIntent intent, LiveUsers users) {
        return isChosen(intent.instance()) && (!intent.retires() || users.redis().isPresent());
    }

    private boolean isChosen(String name) {
        return names.contains(name);
    }

    /** The roles and users that are to have new passwords, as {@code init} would make them. */
    private Desired wanted(LoginFacts facts, LiveUsers users, List<Credential> chosen) {
        Set<String> roles = names(chosen, Kind.ROLE);
        Set<String> redisUsers = names(chosen, Kind.USER);
        return DesiredState.of(
                        scope.manifest(),
                        scope.manifest().instances(),
                        scope.stores(),
                        facts.login(),
                        scope.scripts(),
                        users.nodes())
                .where((instance, resource) -> resource instanceof Role role && roles.contains(role.name())
                        || resource instanceof AclUser user && redisUsers.contains(user.name()));
    }

    private static Set<String> names(List<Credential> chosen, Kind kind) {
        return chosen.stream()
                .filter(credential -> credential.kind() == kind)
                .map(Credential::name)
                .collect(Collectors.toSet());
    }

    private List<Change> changes(Credential credential, RotatedUsers rotated) {
        if (credential.kind() == Kind.USER) {
            return rotated.changes(credential);
        }
        return List.of(new Change(
                credential.instance(),
                Optional.empty(),
                Optional.of(new RolePassword(credential.name(), request.run().id())),
                "a new one, from %s, in place of the one before".formatted(credential.sourceWords()),
                List.of()));
    }

    /** Before it is done: with the next restart a service would be locked out. */
    private static List<String> lost(LiveUsers users, List<RotationUnit> units) {
        return units.stream().allMatch(unit -> unit.users().isEmpty())
                ? List.of()
                : users.redis().map(RedisStore::usersToBeLost).orElse(List.of());
    }

    private static Plan plan(List<RotationUnit> units) {
        List<Change> changes = units.stream().flatMap(unit -> unit.changes().stream()).toList();
        String fingerprint = changes.stream().map(Change::id).collect(Collectors.joining("\n"));
        return new Plan(changes, List.of(), List.of(), List.of(), List.of(), 0, Fingerprint.of(fingerprint));
    }

    /** A password is given to who stands: another one would be made with it, by halves. */
    private static List<Problem> absent(Plan standing) {
        List<Problem> problems = new ArrayList<>();
        for (Change change : standing.changes()) {
            if (change.creates()) {
                problems.add(Problem.error("there is no %s".formatted(change.target().words()))
                        .remedy(init(change)));
            } else if (change.before().orElseThrow() instanceof AclUser user
                    && user.rules().login() == AclRules.Login.ANYTHING) {
                problems.add(Problem.error("anybody may log in as the %s, whatever the password"
                                .formatted(change.target().words()))
                        .remedy(init(change)));
            }
        }
        return problems;
    }

    private static String init(Change change) {
        return "`provision init%s` first".formatted(
                change.instance().equals(Change.SHARED) ? "" : " " + change.instance());
    }

    /** The next thing that this run does, it would do with the old password. */
    private List<Problem> own(LoginFacts facts, List<Credential> chosen) {
        return chosen.stream()
                .filter(credential -> credential.kind() == Kind.ROLE && credential.name().equals(facts.login().name()))
                .map(credential -> Problem.error("%s is the one that runs this".formatted(credential.words()))
                        .remedy("run it as another one"))
                .toList();
    }

    private static List<Problem> interrupted(Set<String> unfinished) {
        return unfinished.stream()
                .sorted()
                .map(name -> Problem.error("an earlier rotation of %s has not ended, and PostgreSQL may want the old"
                                .formatted(name) + " password still")
                        .remedy("run `provision rotate %s` first".formatted(name)))
                .toList();
    }
}
