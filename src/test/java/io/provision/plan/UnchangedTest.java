package io.provision.plan;

import static io.provision.plan.PlanFixture.BY_HAND;
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
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.provision.plan.PostgresResource.Membership;
import io.provision.plan.PostgresResource.Role;
import io.provision.plan.PostgresResource.Schema;
import io.provision.plan.RedisResource.ValidatedNamespace;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is well as it stands is counted and left alone; what is nothing, or in nobody's care, does not count. */
class UnchangedTest {

    static Stream<Arguments> whatIsWellAsItStands() {
        return Stream.of(
                arguments("an adopted role", new Role("okx", BY_HAND), new Role("okx", OURS)),
                arguments(
                        "a membership with more",
                        new Membership("okx", "provisioner", true, true),
                        new Membership("okx", "provisioner", true, false)),
                arguments("an adopted schema", schema("okx", BY_HAND), schema("okx", OURS)),
                arguments(
                        "a schema of another admin",
                        schema("dba", OURS),
                        new Schema("okx", "postgres", true, OURS)),
                arguments(
                        "a search path that is written otherwise",
                        searchPath(List.of("okx", "public"), "\"okx\",\"public\""),
                        searchPath(List.of("okx", "public"), "okx, public")),
                arguments(
                        "a grantee with more",
                        grant("okx", Privilege.USAGE, Privilege.CREATE),
                        grant("okx", Privilege.USAGE)),
                arguments(
                        "defaults with more",
                        defaults(Privilege.SELECT, Privilege.INSERT),
                        defaults(Privilege.SELECT)),
                arguments("a file that has run", file("V1__a.sql", "a"), file("V1__a.sql", "a")),
                arguments("a namespace", new ValidatedNamespace("okx"), new ValidatedNamespace("okx")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whatIsWellAsItStands")
    void whatIsWellAsItStandsIsCountedAndLeftAlone(String what, Resource live, Resource desired) {
        Plan plan = plan(List.of(live), List.of(desired));

        assertEquals(List.of(), plan.changes());
        assertEquals(1, plan.unchanged());
    }

    @Test
    void aFolderOnTheWayIsLeftAloneAndNotCounted() {
        Plan plan = plan(List.of(folder(0777, true, "0:0")), List.of(folder(0750, true, null)));

        assertEquals(List.of(), plan.changes());
        assertEquals(0, plan.unchanged());
    }

    @Test
    void nothingThatIsAndShallBeNothingIsNotCounted() {
        Plan plan = plan(List.of(), List.of(grant("public"), grants(Map.of())));

        assertTrue(plan.isEmpty());
        assertEquals(0, plan.unchanged());
    }
}
