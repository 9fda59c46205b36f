package io.provision.naming;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameRulesTest {

    private static final String JOURNAL = "provision";

    @ParameterizedTest
    @ValueSource(strings = {"a", "exchange-OKX", "market-data-sim-001", "A_b-_-9", "a_-b"})
    void anInstanceMayBeNamed(String instance) {
        assertEquals(List.of(), NameRules.faultsOfIdentity(Identity.of("some-service", instance)));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "-", "-a", "a-", "a--b", "1a", "_a", "a b", "a.b", "a:b", "a/b", "../a", "ä", "a\n", "a-\u0131", "{a}",
        "a*"
    })
    void anInstanceMayNotBeNamed(String instance) {
        assertEquals(1, NameRules.faultsOfIdentity(Identity.of("some-service", instance)).size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "exchange-Simulator", "a--b", "1a", "a\n"})
    void aServiceMayNotBeNamed(String service) {
        assertEquals(1, NameRules.faultsOfIdentity(Identity.of(service, "fine")).size());
        assertEquals(1, NameRules.faultsOfIdentity(new Identity(service, Optional.empty())).size());
    }

    @Test
    void aNameHasAtMost63Bytes() {
        assertEquals(List.of(), NameRules.faultsOfIdentity(Identity.of("a".repeat(63), "b".repeat(63))));

        List<String> faults = NameRules.faultsOfIdentity(Identity.of("a".repeat(64), "b".repeat(65)));
        assertEquals(2, faults.size());
        assertTrue(faults.get(0).contains("has 64 bytes, more than 63: rename the service"), faults.get(0));
        assertTrue(faults.get(1).contains("has 65 bytes, more than 63: rename the instance"), faults.get(1));
    }

    @Test
    void aNameOfVeryManySegmentsIsToldToBeTooLong() {
        String name = "a" + "-b".repeat(100_000);

        List<String> faults = NameRules.faultsOfIdentity(Identity.of(name, name + "-c"));

        assertEquals(2, faults.size());
        assertTrue(faults.get(0).contains("has 200001 bytes, more than 63"), faults.get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"audit", "_x", "a1", "pg", "pgx_a", "values", "none", "time", "publics"})
    void aSchemaMayBeNamed(String schema) {
        assertEquals(List.of(), faultsOfSchema(schema, false));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "order              | is a reserved key word, and adapters write `FROM order.…`     | order_svc",
        "user               | is a reserved key word, and adapters write `FROM user.…`      | user_svc",
        "authorization      | is a reserved key word                                        | authorization_svc",
        "verbose            | is a reserved key word                                        | verbose_svc",
        "system_user        | is a reserved key word                                        | system_user_svc",
        "pg_gateway         | begins with `pg_`                                             | svc_pg_gateway",
        "information_schema | is PostgreSQL's own                                           | information_schema_svc",
        "provision          | is the journal's own schema                                   | provision_svc",
        "public             | is everybody's                                                | public_svc",
        "''                 | must be lower-case                                            | svc_",
        "1a                 | must be lower-case                                            | _1a",
        "Exchange-OKX       | must be lower-case                                            | exchange_okx",
        "a\"b               | must be lower-case                                            | a_b",
        "größe              | must be lower-case                                            | gr__e",
    })
    void aSchemaMayNotBeNamed(String schema, String why, String proposal) {
        List<String> faults = faultsOfSchema(schema, false);

        assertEquals(1, faults.size(), faults.toString());
        assertTrue(faults.get(0).startsWith("schema `" + schema + "` " + why), faults.get(0));
        assertTrue(faults.get(0).endsWith(": set `schema: " + proposal + "`"), faults.get(0));
        assertEquals(List.of(), faultsOfSchema(proposal, false));
    }

    @Test
    void publicIsASchemaOnlyWhenSaid() {
        assertEquals(List.of(), faultsOfSchema("public", true));
        assertEquals(1, faultsOfSchema("public", false).size());
        assertEquals(1, faultsOfSchema("order", true).size());
    }

    @Test
    void aSchemaOf56BytesIsTooLongForItsRole() {
        assertEquals(List.of(), faultsOfBoth("s".repeat(55)));

        List<String> faults = faultsOfBoth("s".repeat(56));
        assertEquals(1, faults.size());
        assertTrue(faults.get(0).startsWith("role `s"), faults.get(0));
        assertTrue(faults.get(0).contains("has 64 bytes"), faults.get(0));
        assertTrue(faults.get(0).contains("set `role: s"), faults.get(0));
    }

    @Test
    void longNamesThatAreAlikeAtTheBeginningAreProposedApart() {
        String one = proposal(faultsOfSchema("s".repeat(70) + "a", false).get(0));
        String other = proposal(faultsOfSchema("s".repeat(70) + "b", false).get(0));

        assertFalse(one.equals(other), one);
        assertEquals(List.of(), faultsOfBoth(one));
    }

    @ParameterizedTest
    @ValueSource(strings = {"public", "none", "pg_monitor", "user", "Role", "provision", ""})
    void aRoleOrReaderMayNotBeNamed(String role) {
        assertEquals(1, faults(role, "s", "u", "n").size());
        assertEquals(1, NameRules.faultsOfIdentifier("reader", role, JOURNAL).size());
    }

    @Test
    void aFurtherIdentifiersFaultSaysWhatItIs() {
        assertEquals(List.of(), NameRules.faultsOfIdentifier("reader", "monitor_user", JOURNAL));
        assertEquals(List.of(), NameRules.faultsOfIdentifier("legacy schema", "none", JOURNAL));
        assertEquals(
                List.of("legacy schema `pg_x` begins with `pg_`, which PostgreSQL keeps for itself: name it"
                        + " `svc_pg_x`"),
                NameRules.faultsOfIdentifier("legacy schema", "pg_x", JOURNAL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "default", "a b", "-a", "a\n", "ä", "+a", ">a"})
    void aRedisUserMayNotBeNamed(String user) {
        assertEquals(1, faults("r", "s", user, "n").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "audit", "market:data-Coinmetrics", "exchange_OKX:", "Services", "servicesx:a", "a:services", "a", "x!y",
        "__keyspace__", "a:__keyspace@0__"
    })
    void aNamespaceMayBe(String namespace) {
        assertEquals(List.of(), NameRules.faultsOfNamespace(namespace));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "a*", "a?", "[a", "a]", "a^b", "a\\b", "a b", "a\tb", "a\n", "a\u00a0b", "a\u2003b", "{a}", "a}", "a\u0000",
        "services", "services:", "services:x", "a\u0085b", "a\u009fb", "a'b", "a\"b",
        "__keyspace@0__", "__keyspace@12__:a", "__keyevent@0__"})
    void aNamespaceMayNotBe(String namespace) {
        assertEquals(1, NameRules.faultsOfNamespace(namespace).size());
    }

    @Test
    void aNamespaceHasAtMost255Bytes() {
        assertEquals(List.of(), NameRules.faultsOfNamespace("n".repeat(255)));
        assertEquals(1, NameRules.faultsOfNamespace("n".repeat(256)).size());
    }

    @Test
    void aNamespacesProposalHasNoFault() {
        for (String namespace : List.of("services:a{b}", "a*b", "services", "a'b", "__keyspace@0__:a")) {
            for (String fault : NameRules.faultsOfNamespace(namespace)) {
                assertEquals(List.of(), NameRules.faultsOfNamespace(proposal(fault)), fault);
            }
        }
    }

    @Test
    void allFaultsAreTold() {
        List<String> faults = faults("user", "order", "default", "services:*");

        assertEquals(5, faults.size(), faults.toString());
    }

    private static String proposal(String fault) {
        Matcher proposed = Pattern.compile("set `[a-z_]+: ([^`]+)`").matcher(fault);
        assertTrue(proposed.find(), fault);
        return proposed.group(1);
    }

    private static List<String> faultsOfSchema(String schema, boolean explicit) {
        Names names = new Names(schema, "n", "r", "u", "d", Map.of());
        return NameRules.faultsOfNames(names, explicit, JOURNAL);
    }

    private static List<String> faultsOfBoth(String schema) {
        return faults(schema + "_adapter", schema, "u", "n");
    }

    private static List<String> faults(String role, String schema, String user, String namespace) {
        return NameRules.faultsOfNames(new Names(schema, namespace, role, user, "d", Map.of()), false, JOURNAL);
    }
}
