package io.provision.naming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.naming.Collision.Kind;
import io.provision.problem.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CollisionsTest {

    static Stream<Arguments> pairsThatCollide() {
        return Stream.of(
                pair("SCHEMA ERROR a:x b:x", of("a").schema("x"), of("b").schema("x")),
                pair("SCHEMA ERROR a:x b:x", of("a").schema("x"), of("b").legacySchema("x")),
                pair("SCHEMA ERROR a:x b:x", of("a").legacySchema("x"), of("b").legacySchema("x")),
                pair("SCHEMA ERROR a:public b:public", of("a").schema("public"), of("b").schema("public")),
                pair("ROLE ERROR a:r_x b:r_x", of("a").role("r_x").redisUser("u"), of("b").role("r_x")),
                pair("ROLE ERROR b:r_x a:r_x", of("a").saidRole("r_x").redisUser("u"), of("b").role("r_x")),
                pair("REDIS_USER ERROR a:u b:u", of("a").redisUser("u"), of("b").redisUser("u")),
                pair("REDIS_USER ERROR a:u b:u", of("a").saidRole("x").redisUser("u"),
                        of("b").saidRole("y").redisUser("u")),
                pair("DISCOVERY_KEY ERROR a:d b:d", of("a").discoveryKey("d"), of("b").discoveryKey("d")),
                pair("VOLUME ERROR a:/v/OKX b:/v/okx", of("a").volume("/v/OKX"), of("b").volume("/v/okx")),
                pair("VOLUME ERROR b:/V a:/v/a/data", of("a").volume("/v/a/data"), of("b").volume("/V")),
                pair("VOLUME ERROR a:/v/a b:/v/x/../a", of("a").volume("/v/a"), of("b").volume("/v/x/../a")),
                pair("PORT ERROR a:80 b:80", of("a").http(80), of("b").http(80)),
                pair("PORT ERROR a:80 b:80", of("a").http(80), of("b").grpc(80)),
                pair("NAMESPACE ERROR a:m b:m", of("a").namespace("m"), of("b").namespace("m")),
                pair("NAMESPACE ERROR b:m a:m:X", of("a").namespace("m:X"), of("b").namespace("m")),
                pair("NAMESPACE ERROR a:m b:m:X:Y", of("a").namespace("m"), of("b").namespace("m:X:Y")),
                pair("NAMESPACE ERROR a:e_OKX b:e_OKX:", of("a").namespace("e_OKX"), of("b").namespace("e_OKX:")),
                pair("NAMESPACE ERROR a:e: b:e::x", of("a").namespace("e:"), of("b").namespace("e::x")),
                pair("NAMESPACE ERROR a:cache b:cache:b", of("a").legacyNamespace("cache"),
                        of("b").namespace("cache:b")),
                pair("NAMESPACE ERROR a:c b:c", of("a").legacyNamespace("c"), of("b").legacyNamespace("c")),
                pair("NAMESPACE WARNING a:m b:m:X", of("a").namespace("m").shares("b"), of("b").namespace("m:X")),
                pair("NAMESPACE WARNING a:m b:m", of("a").namespace("m").shares("b"), of("b").namespace("m")),
                pair("NAMESPACE WARNING b:m a:m", of("a").namespace("m"), of("b").namespace("m").shares("a")),
                pair("NAMESPACE WARNING a:m b:m", of("a").namespace("m").shares("b"),
                        of("b").namespace("m").shares("a")),
                pair("NAMESPACE WARNING a:c b:c:b", of("a").legacyNamespace("c").shares("b"), of("b").namespace("c:b")),
                pair("NAMESPACE ERROR a:m b:m:X", of("a").namespace("m"), of("b").namespace("m:X").shares("a")));
    }

    @ParameterizedTest
    @MethodSource("pairsThatCollide")
    void twoInstancesCollide(String expected, Claims one, Claims other) {
        assertEquals(List.of(expected), told(one, other));
    }

    static Stream<Arguments> pairsThatDoNotCollide() {
        return Stream.of(
                pair("nothing in common", of("a"), of("b")),
                pair("a role shared on purpose", of("a").saidRole("x"), of("b").saidRole("x")),
                pair("names that only begin alike", of("a").namespace("m"), of("b").namespace("mm:X")),
                pair("namespaces of another case", of("a").namespace("m"), of("b").namespace("M:x")),
                pair("siblings", of("a").namespace("m:X").volume("/v/a"), of("b").namespace("m:Y").volume("/v/ab")),
                pair("http and grpc of their own", of("a").http(80).grpc(81), of("b").http(82).grpc(83)),
                pair("one's own legacies", of("a").schema("x").legacySchema("x").namespace("n").legacyNamespace("n:a"),
                        of("b")),
                pair("one's own nested folders", of("a").volume("/v").volume("/v/logs").volume("/V"), of("b")));
    }

    @ParameterizedTest
    @MethodSource("pairsThatDoNotCollide")
    void twoInstancesStandTogether(String why, Claims one, Claims other) {
        assertEquals(List.of(), told(one, other), why);
    }

    @Test
    void aRoleThatOnlySomeSayCollidesWithAll() {
        assertEquals(
                List.of("ROLE ERROR c:x a:x", "ROLE ERROR c:x b:x"),
                told(of("a").saidRole("x").redisUser("u1"), of("b").saidRole("x").redisUser("u2"),
                        of("c").role("x").redisUser("u3")));
    }

    @Test
    void aSharedSchemaCollidesThoughTheRoleIsSharedOnPurpose() {
        assertEquals(
                List.of("SCHEMA ERROR a:s b:s"),
                told(of("a").schema("s").saidRole("x"), of("b").schema("s").saidRole("x")));
    }

    @Test
    void oneInstanceCannotHaveAPortTwice() {
        List<Collision> found = Collisions.among(List.of(of("a").http(80).grpc(80).claim()));

        assertEquals(1, found.size());
        assertEquals("`a` has the host port 80 twice, as HTTP port and as gRPC port", found.get(0).message());
    }

    @Test
    void sharingWithOneIsNotSharingWithItsNeighbour() {
        assertEquals(
                List.of("NAMESPACE WARNING a:m b:m:X", "NAMESPACE ERROR a:m c:m:Y"),
                told(of("a").namespace("m").shares("b"), of("b").namespace("m:X"), of("c").namespace("m:Y")));
    }

    @Test
    void everyOuterNamespaceOfAChainIsTold() {
        assertEquals(
                List.of("NAMESPACE WARNING a:m b:m:X", "NAMESPACE ERROR a:m c:m:X:1",
                        "NAMESPACE WARNING b:m:X c:m:X:1"),
                told(of("a").namespace("m").shares("b"), of("b").namespace("m:X").shares("c"),
                        of("c").namespace("m:X:1")));
    }

    @Test
    void aCollisionNamesBothInstancesBothNamesAndWhatToChange() {
        Problem problem = Collisions.among(List.of(
                of("market-data").namespace("market_data").claim(),
                of("market-data-Coinmetrics").namespace("market_data:Coinmetrics").claim())).get(0).problem();

        assertEquals(
                "`market-data` (namespace `market_data`) owns all keys `market_data:*`, and with them those of"
                        + " `market-data-Coinmetrics` (namespace `market_data:Coinmetrics`) — set another `namespace:`"
                        + " for one of them, or `shares_namespace_with: [market-data-Coinmetrics]` for `market-data`"
                        + " if that is meant",
                problem.toString());
        assertTrue(problem.isError());
    }

    @ParameterizedTest
    @MethodSource("pairsThatCollide")
    void everyMessageAndRemedyNamesTheInstances(String expected, Claims one, Claims other) {
        for (Collision collision : Collisions.among(List.of(one.claim(), other.claim()))) {
            for (String needed : List.of("`a`", "`b`", collision.firstName(), collision.secondName())) {
                assertTrue(collision.message().contains(needed), collision.message());
            }
            assertTrue(collision.remedy().contains("`" + collision.first() + "`")
                    || collision.remedy().contains("`" + collision.second() + "`"), collision.remedy());
        }
    }

    @Test
    void theProjectPlansRuleMakesTwoMarketDataInstancesMeet() {
        List<Claim> claims = Stream.of("market-data-Coinmetrics", "market-data-Bloomberg")
                .map(instance -> Identity.of("market-data-simulator", instance))
                .map(identity -> of(identity.instance())
                        .schema(computed(identity).schema())
                        .namespace(computed(identity).namespace())
                        .claim())
                .toList();

        assertEquals(
                List.of(Kind.SCHEMA, Kind.NAMESPACE), Collisions.among(claims).stream().map(Collision::kind).toList());
    }

    @Test
    void theListIsNoLongerThanTheInstancesTimesTheirNames() {
        int many = 10_000;
        List<Claim> claims = IntStream.range(0, many)
                .mapToObj(i -> of("i" + i).schema("s").role("r").discoveryKey("d").namespace(i % 2 == 0 ? "n" : "n:x")
                        .volume("/v").http(80).claim())
                .toList();

        List<Collision> found = Collisions.among(claims);

        for (Kind kind : Kind.values()) {
            long expected = kind == Kind.NAMESPACE ? (many / 2 - 1) * 2 + many / 2 : many - 1;
            assertEquals(
                    expected, found.stream().filter(collision -> collision.kind() == kind).count(), kind.label());
        }
    }

    private static Computation.SchemaAndNamespace computed(Identity identity) {
        return (Computation.SchemaAndNamespace)
                NameDeriver.compute(identity, NamingRule.PROJECT_PLAN, Optional.empty());
    }

    private static Claims of(String instance) {
        return Claims.of(instance);
    }

    private static Arguments pair(String expected, Claims one, Claims other) {
        return Arguments.of(expected, one, other);
    }

    private static List<String> told(Claims... claims) {
        return Collisions.among(Arrays.stream(claims).map(Claims::claim).toList()).stream()
                .map(found -> "%s %s %s:%s %s:%s".formatted(found.kind(), found.severity(), found.first(),
                        found.firstName(), found.second(), found.secondName()))
                .toList();
    }
}
