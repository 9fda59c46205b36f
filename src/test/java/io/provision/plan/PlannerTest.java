package io.provision.plan;

import static io.provision.plan.PlanFixture.BY_HAND;
import static io.provision.plan.PlanFixture.HOUSE;
import static io.provision.plan.PlanFixture.OURS;
import static io.provision.plan.PlanFixture.defaults;
import static io.provision.plan.PlanFixture.file;
import static io.provision.plan.PlanFixture.folder;
import static io.provision.plan.PlanFixture.grant;
import static io.provision.plan.PlanFixture.grants;
import static io.provision.plan.PlanFixture.plan;
import static io.provision.plan.PlanFixture.schema;
import static io.provision.plan.PlanFixture.searchPath;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.provision.plan.PostgresResource.Membership;
import io.provision.plan.PostgresResource.Role;
import io.provision.plan.PostgresResource.Schema;
import io.provision.plan.RedisResource.ValidatedNamespace;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of one thing that stands where one is desired: what is done, and why. */
class PlannerTest {

    static Stream<Arguments> whatStandsAndWhatIsDesired() {
        return Stream.of(
                changed("a role is made", none(), new Role("okx", OURS), new Role("okx", OURS), "there is none"),
                changed(
                        "a membership is made",
                        none(),
                        new Membership("okx", "provisioner", true, true),
                        new Membership("okx", "provisioner", true, true),
                        "provisioner cannot act for okx without it"),
                changed(
                        "a membership gets what it lacks",
                        new Membership("okx", "provisioner", false, true),
                        new Membership("okx", "provisioner", true, false),
                        new Membership("okx", "provisioner", true, true),
                        "provisioner cannot act for okx without it"),
                changed("a schema is made", none(), schema("okx", OURS), schema("okx", OURS), "there is none"),
                changed(
                        "a schema gets its owner and keeps its comment",
                        schema("dba", BY_HAND),
                        schema("okx", OURS),
                        schema("okx", BY_HAND),
                        "it is owned by dba"),
                changed(
                        "a search path is set",
                        none(),
                        searchPath(List.of("okx", "public"), "okx, public"),
                        searchPath(List.of("okx", "public"), "okx, public"),
                        "there is none"),
                changed(
                        "a search path is set right",
                        searchPath(List.of("$user", "public"), "\"$user\", public"),
                        searchPath(List.of("okx", "public"), "okx, public"),
                        searchPath(List.of("okx", "public"), "okx, public"),
                        "it is \"$user\", public"),
                changed(
                        "a grantee gets what it lacks and keeps what it has",
                        grant("okx", Privilege.CREATE),
                        grant("okx", Privilege.USAGE),
                        grant("okx", Privilege.CREATE, Privilege.USAGE),
                        "okx lacks USAGE"),
                changed(
                        "a grantee gets all that it lacks",
                        none(),
                        grant("okx", Privilege.USAGE, Privilege.CREATE),
                        grant("okx", Privilege.USAGE, Privilege.CREATE),
                        "okx lacks CREATE, USAGE"),
                changed(
                        "everybody loses what a hand gave to all",
                        grant("public", Privilege.USAGE, Privilege.CREATE),
                        grant("public"),
                        none(),
                        "public must not have CREATE, USAGE"),
                changed(
                        "defaults get what they lack and keep what they have",
                        defaults(Privilege.INSERT),
                        defaults(Privilege.SELECT),
                        defaults(Privilege.SELECT, Privilege.INSERT),
                        "monitor cannot use the tables that okx will make there"),
                changed(
                        "grants that objects lack are made",
                        grants(Map.of("orders", Set.of(Privilege.SELECT), "trades", Set.of(Privilege.SELECT))),
                        grants(Map.of()),
                        none(),
                        "monitor lacks privileges on 2 of the tables there"),
                changed(
                        "a file is run",
                        none(),
                        file("V1__a.sql", "a"),
                        file("V1__a.sql", "a"),
                        "it has not run yet"),
                changed(
                        "a repeatable file is run again",
                        file("R__a.sql", "a"),
                        file("R__a.sql", "b"),
                        file("R__a.sql", "b"),
                        "it has changed since it ran"),
                changed(
                        "a namespace is tried",
                        none(),
                        new ValidatedNamespace("okx"),
                        new ValidatedNamespace("okx"),
                        "no key was set in it yet"),
                changed(
                        "a folder is made",
                        none(),
                        folder(0750, false, null),
                        folder(0750, false, null),
                        "there is none"),
                changed(
                        "a folder gets its mode and keeps its owner",
                        folder(0777, false, "0:0"),
                        folder(0750, false, null),
                        folder(0750, false, "0:0"),
                        "its mode is 0777"),
                changed(
                        "a folder gets its owner",
                        folder(0750, false, "0:0"),
                        folder(0750, false, "1000:1000"),
                        folder(0750, false, "1000:1000"),
                        "it is owned by 0:0"));
    }

    private static Optional<Resource> none() {
        return Optional.empty();
    }

    private static Arguments changed(String what, Object before, Resource desired, Object after, String reason) {
        return arguments(what, optional(before), desired, optional(after), reason);
    }

    private static Optional<?> optional(Object resource) {
        return resource instanceof Optional<?> already ? already : Optional.of(resource);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whatStandsAndWhatIsDesired")
    void whatDiffersBecomesOneChangeWithItsReason(
            String what, Optional<Resource> before, Resource desired, Optional<Resource> after, String reason) {
        Plan plan = plan(before.stream().toList(), List.of(desired));

        assertEquals(1, plan.changes().size());
        Change change = plan.changes().get(0);
        assertEquals(before, change.before());
        assertEquals(after, change.after());
        assertEquals(reason, change.reason());
        assertEquals(List.of(), plan.refusals());
    }

    @Test
    void theFingerprintIsOfWhatIsLackingAndNotOfItsOrder() {
        Set<Privilege> one = new LinkedHashSet<>(List.of(Privilege.SELECT, Privilege.INSERT));
        Set<Privilege> other = new LinkedHashSet<>(List.of(Privilege.INSERT, Privilege.SELECT));

        assertEquals(
                plan(List.of(grants(Map.of("orders", one))), List.of(grants(Map.of()))).fingerprint(),
                plan(List.of(grants(Map.of("orders", other))), List.of(grants(Map.of()))).fingerprint());
    }

    @Test
    void anIdSaysStoreKindAndTarget() {
        Plan plan = plan(
                List.of(), List.of(new Role("okx", OURS), defaults(Privilege.SELECT), folder(0750, false, null)));

        assertEquals(
                List.of(
                        "postgres:role:okx",
                        "volume:folder:/srv/okx",
                        "postgres:default_privileges:tables by okx in okx to monitor"),
                plan.changes().stream().map(Change::id).toList());
    }

    @Test
    void whatCannotBeSeenIsNotTakenForAbsent() {
        Schema wanted = schema("okx", OURS);
        State state = State.of(List.of(wanted));
        Desired desired = new Desired(state, Map.of(wanted.id(), "exchange-OKX"), HOUSE);

        Plan seen = Planner.plan(new Live(State.EMPTY, List.of()), desired);
        Plan unseen = Planner.plan(
                new Live(State.EMPTY, List.of(), List.of("it is dark"), Set.of(wanted.id())), desired);

        assertEquals(1, seen.changes().size());
        assertEquals(List.of(), unseen.changes());
        assertEquals(List.of("it is dark"), unseen.unknown());
        assertNotEquals(seen.fingerprint(), unseen.fingerprint());
    }
}
