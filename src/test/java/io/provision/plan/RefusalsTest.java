package io.provision.plan;

import static io.provision.plan.PlanFixture.BY_HAND;
import static io.provision.plan.PlanFixture.OURS;
import static io.provision.plan.PlanFixture.file;
import static io.provision.plan.PlanFixture.plan;
import static io.provision.plan.PlanFixture.planFor;
import static io.provision.plan.PlanFixture.schema;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.provision.plan.PostgresResource.Role;
import io.provision.problem.Problem;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a plan must not do, and what it may do only when a person agrees. */
class RefusalsTest {

    static Stream<Arguments> whatIsRefused() {
        Optional<String> staging = Optional.of(new Mark("trading-ecosystem", "exchange-OKX", "staging").text());
        Optional<String> another = Optional.of(new Mark("other", "exchange-OKX", "trading").text());
        return Stream.of(
                arguments(
                        "role okx of exchange-OKX was made for trading-ecosystem in the database staging, "
                                + "not for trading-ecosystem in trading — give it another name (`role:`), "
                                + "or change its comment if it is to be shared on purpose",
                        List.of(new Role("okx", staging)),
                        List.of(new Role("okx", OURS))),
                arguments(
                        "schema okx of exchange-OKX was made for other in the database trading, "
                                + "not for trading-ecosystem in trading — give it another name (`schema:`), "
                                + "or change its comment if it is to be shared on purpose",
                        List.of(schema("okx", another)),
                        List.of(schema("okx", OURS))),
                arguments(
                        "V1__a.sql was edited after it had run in the schema okx of exchange-OKX — "
                                + "put back what it was, and write what is new into a further V… file",
                        List.of(file("V1__a.sql", "a")),
                        List.of(file("V1__a.sql", "b"))),
                arguments(
                        "V2__b.sql comes before V10__a.sql, which has run in the schema okx of exchange-OKX — "
                                + "give it a version above those that have run",
                        List.of(file("V1__a.sql", "a"), file("V10__a.sql", "a")),
                        List.of(file("V2__b.sql", "b"), file("V10__a.sql", "a"))),
                arguments(
                        "V10__b.sql has the version of V10__a.sql, which has run in the schema okx of exchange-OKX — "
                                + "give it a version above those that have run",
                        List.of(file("V10__a.sql", "a")),
                        List.of(file("V10__b.sql", "a"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whatIsRefused")
    void whatMustNotBeIsRefusedInASentence(String sentence, List<Resource> live, List<Resource> desired) {
        assertEquals(List.of(sentence), plan(live, desired).refusals().stream().map(Problem::toString).toList());
    }

    @Test
    void aRefusalOfWhatSeveralHaveNamesNoInstance() {
        Optional<String> staging = Optional.of(new Mark("trading-ecosystem", Change.SHARED, "staging").text());
        Plan plan =
                planFor(Change.SHARED, List.of(new Role("monitor", staging)), List.of(new Role("monitor", OURS)));

        assertEquals(
                "role monitor was made for trading-ecosystem in the database staging, "
                        + "not for trading-ecosystem in trading",
                plan.refusals().get(0).message());
    }

    static Stream<Arguments> whatIsNotRefused() {
        return Stream.of(
                arguments("the next version", List.of(file("V1__a.sql", "a")), List.of(file("V1.1__b.sql", "b"))),
                arguments("a new repeatable file", List.of(file("V9__a.sql", "a")), List.of(file("R__b.sql", "b"))),
                arguments("a file that is gone", List.of(file("V1__a.sql", "a")), List.of()),
                arguments(
                        "a version that another schema is beyond",
                        List.of(new SqlFile("binance", SqlScript.Name.parse("V9__a.sql").orElseThrow(), "a")),
                        List.of(file("V1__a.sql", "a"))),
                arguments(
                        "what was made for an instance of the same ecosystem",
                        List.of(new Role("okx", OURS)),
                        List.of(new Role("okx", Optional.empty()))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("whatIsNotRefused")
    void whatIsInOrderIsNotRefused(String what, List<Resource> live, List<Resource> desired) {
        assertEquals(List.of(), plan(live, desired).refusals());
    }

    @Test
    void whoLosesASchemaThatTheToolDidNotMakeIsAHazard() {
        Plan plan = plan(List.of(schema("dba", BY_HAND)), List.of(schema("okx", OURS)));

        assertEquals(
                List.of(new Hazard(
                        "ownership",
                        "dba, who owns the schema okx, will own it no more and keep only what was granted to it")),
                plan.hazards());
    }

    @Test
    void takingBackASchemaThatTheToolMadeIsNoHazard() {
        assertEquals(List.of(), plan(List.of(schema("dba", OURS)), List.of(schema("okx", OURS))).hazards());
    }
}
