package io.provision.postgres.migration;

import io.provision.plan.Change;
import io.provision.plan.Desired;
import io.provision.plan.Hazard;
import io.provision.plan.Live;
import io.provision.plan.Mark;
import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.MoveRequest;
import io.provision.plan.Moves;
import io.provision.plan.Planner;
import io.provision.plan.Resource;
import io.provision.plan.State;
import io.provision.postgres.LoginFacts;
import io.provision.postgres.PlainPostgres;
import io.provision.postgres.PostgresInspector;
import io.provision.postgres.PostgresStatements;
import io.provision.postgres.Session;
import io.provision.problem.Problem;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A database of its own with things in {@code public}, from where they are to move to the schema {@code audit} of the
 * instance {@code audit}, whose role is {@code auditNN}. {@code NN} stands for the fixture's own number.
 */
final class MoveFixture {

    private final TestEcosystem ecosystem;
    private final List<String> sent = new ArrayList<>();
    private List<KeptNames.Tool> tools = KeptNames.TOOLS;

    private MoveFixture(TestEcosystem ecosystem) {
        this.ecosystem = ecosystem;
    }

    static MoveFixture in(Path folder) {
        return on(TestPostgres.DEFAULT_MAJOR, folder);
    }

    static MoveFixture on(int major, Path folder) {
        MoveFixture fixture = new MoveFixture(TestEcosystem.on(TestPostgres.shared(major), folder));
        return fixture.run("CREATE ROLE auditNN; CREATE SCHEMA audit AUTHORIZATION auditNN");
    }

    /** As the superuser. */
    MoveFixture run(String sql) {
        ecosystem.execute(sql);
        return this;
    }

    /** From now on looks are taken by a login that may make things in public, and has the privileges of these roles. */
    TestPostgres.Login login(String... memberOf) {
        TestPostgres.Login login = ecosystem.provisioningLogin();
        run("GRANT USAGE, CREATE ON SCHEMA public TO " + login.name());
        for (String role : memberOf) {
            run("GRANT %s TO %s".formatted(role, login.name()));
        }
        return login;
    }

    /** Tools that come with an extension which every server has, as no other can be made without its files. */
    MoveFixture tools(KeptNames.Tool... standIns) {
        tools = List.of(standIns);
        return this;
    }

    TestEcosystem ecosystem() {
        return ecosystem;
    }

    String numbered(String text) {
        return ecosystem.numbered(text);
    }

    /** What was sent in the last look. */
    List<String> sent() {
        return sent;
    }

    MoveRequest request(String... tables) {
        return new MoveRequest("audit", numbered("auditNN"), "public", "audit", List.of(tables), false, false);
    }

    Moves find(String... tables) {
        return find(request(tables));
    }

    Moves find(MoveRequest... requests) {
        return look(inventory -> inventory.find(List.of(requests)));
    }

    Moves findBack(Placement... going) {
        Map<Placement, String> instances =
                List.of(going).stream().collect(Collectors.toMap(Function.identity(), p -> "audit"));
        return look(inventory -> inventory.findBack(instances));
    }

    private Moves look(Function<MoveInventory, Moves> look) {
        try (Session session = open()) {
            session.beginReadOnly();
            LoginFacts facts = LoginFacts.read(session);
            sent.clear();
            return look.apply(new MoveInventory(session, facts, tools));
        }
    }

    private Session open() {
        return PlainPostgres.at(ecosystem.postgresUrl(), sent::add).open();
    }

    /**
     * Does what was found, in the order of a plan, and looks whether it stands then.
     *
     * @return how many things the transaction had locked before it was committed
     */
    int move(Moves moves) {
        Desired desired = desired(moves);
        try (Session session = open()) {
            session.begin();
            LoginFacts facts = LoginFacts.read(session);
            List<Change> changes = changes(session, facts, desired);
            PostgresStatements statements = PostgresStatements.shown(facts.serverVersion());
            changes.forEach(change -> statements.of(change).forEach(session::execute));
            if (!changes(session, facts, desired).isEmpty()) {
                throw new AssertionError("not done: " + changes(session, facts, desired));
            }
            int locks = session.query(
                            "SELECT count(DISTINCT (l.locktype, l.database, l.relation, l.classid, l.objid))"
                                    + " FROM pg_locks l WHERE l.pid = pg_backend_pid() AND NOT l.fastpath",
                            row -> row.getInt(1))
                    .get(0);
            session.commit();
            return locks;
        }
    }

    private static List<Change> changes(Session session, LoginFacts facts, Desired desired) {
        State live = new PostgresInspector(session, facts, desired).state();
        return Planner.plan(new Live(live, List.of()), desired).changes();
    }

    private Desired desired(Moves moves) {
        return new Desired(State.EMPTY, Map.of(), new Mark("test", Change.SHARED, ecosystem.database())).with(moves);
    }

    /** What moves, as a person reads it, without the schemas. */
    static List<String> moved(Moves moves) {
        return moves.wanted().keySet().stream()
                .filter(Placement.class::isInstance)
                .map(Placement.class::cast)
                .map(placement -> placement.type().word() + " " + placement.name())
                .sorted()
                .toList();
    }

    /** All of one kind that is wanted, by what it is about. */
    static List<String> wanted(Moves moves, Class<? extends Resource> kind) {
        return moves.wanted().keySet().stream().filter(kind::isInstance).map(Resource::target).sorted().toList();
    }

    static List<String> refusals(Moves moves) {
        return moves.refusals().stream().map(Problem::toString).toList();
    }

    static List<String> hazards(Moves moves, String kind) {
        return moves.hazards().values().stream()
                .flatMap(List::stream)
                .filter(hazard -> hazard.kind().equals(kind))
                .map(Hazard::message)
                .sorted()
                .toList();
    }
}
