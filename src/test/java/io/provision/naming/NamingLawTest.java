package io.provision.naming;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.naming.Derivation.Derived;
import io.provision.naming.Derivation.Impossible;
import io.provision.testing.RandomSeeds;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Laws over generated identities: well-formed names of segments short and long, reserved and plain. */
class NamingLawTest {

    private static final List<String> SEGMENTS =
            List.of("order", "user", "pg_x", "public", "services", "market", "data", "a", "x_1", "longer".repeat(5));
    private static final Pattern IDENTIFIER = Pattern.compile("[a-z_][a-z0-9_]*");

    @RandomSeeds(300)
    void aWellFormedIdentityHasWellFormedNamesOrIsToldWhy(long seed) {
        assertAll("seed " + seed, () -> {
            Identity identity = identity(new Random(seed));
            if (!NameRules.faultsOfIdentity(identity).isEmpty()) {
                assertTrue(NameRules.bytes(identity.service()) > 63 || NameRules.bytes(identity.instance()) > 63);
                return;
            }
            Derivation derivation = derive(identity, NamingRule.COMPONENT);
            if (derivation instanceof Impossible impossible) {
                assertEquals(1, impossible.reasons().size());
                assertTrue(!identity.singleton());
                return;
            }
            Derived derived = assertInstanceOf(Derived.class, derivation);
            Names names = derived.names();
            boolean good = wellFormed(names.schema()) && wellFormed(names.role())
                    && !names.schema().equals("public")
                    && !names.namespace().split(":")[0].equals("services");
            assertEquals(good, NameRules.faultsOfNames(names, false, "provision").isEmpty(), names.toString());
        });
    }

    @RandomSeeds(300)
    void anIdentityHasTheSameNamesEachTime(long seed) {
        assertAll("seed " + seed, () -> {
            for (NamingRule rule : NamingRule.values()) {
                assertEquals(derive(identity(new Random(seed)), rule), derive(identity(new Random(seed)), rule));
            }
        });
    }

    @RandomSeeds(300)
    void namespaceOfAnInstanceIsItsStemAndEntity(long seed) {
        assertAll("seed " + seed, () -> {
            if (derive(identity(new Random(seed)), NamingRule.COMPONENT) instanceof Derived derived) {
                String stem = derived.stem().replace('-', '_');
                assertEquals(
                        derived.entity().map(entity -> stem + ":" + entity).orElse(stem), derived.names().namespace());
                assertTrue(derived.names().schema().startsWith(Spelling.lower(stem)), derived.toString());
            }
        });
    }

    @RandomSeeds(300)
    void anInstanceThatTheComponentRuleTakesFindsItsService(long seed) {
        assertAll("seed " + seed, () -> {
            Identity identity = identity(new Random(seed));
            if (derive(identity, NamingRule.COMPONENT) instanceof Derived) {
                Stems stems = new Stems(Map.of(identity.service(), Optional.empty()));
                assertEquals(List.of(identity.service()), stems.servicesFor(identity.instance()));
            }
        });
    }

    @RandomSeeds(300)
    void everyProposedSchemaIsWithoutFault(long seed) {
        assertAll("seed " + seed, () -> {
            Random random = new Random(seed);
            String name = random.ints(random.nextInt(90), 1, 0x180)
                    .mapToObj(Character::toString)
                    .collect(Collectors.joining());
            for (String fault : IdentifierFaults.schema(name, "provision")) {
                String proposal = fault.substring(fault.lastIndexOf(": set `schema: ") + 15, fault.length() - 1);
                Names names = new Names(proposal, "n", proposal + "_adapter", "u", "d", Map.of());
                assertEquals(List.of(), NameRules.faultsOfNames(names, false, "provision"), fault);
            }
        });
    }

    private static boolean wellFormed(String identifier) {
        return IDENTIFIER.matcher(identifier).matches()
                && identifier.length() <= 63
                && !identifier.startsWith("pg_")
                && !List.of("order", "user").contains(identifier);
    }

    private static Derivation derive(Identity identity, NamingRule rule) {
        return NameDeriver.derive(identity, rule, Overrides.NONE, Map.of());
    }

    private static Identity identity(Random random) {
        String service = segments(random, 1 + random.nextInt(3));
        return switch (random.nextInt(4)) {
            case 0 -> new Identity(service, Optional.empty());
            case 1 -> Identity.of(service, segments(random, 1 + random.nextInt(3)));
            case 2 -> Identity.of(service, service + "-" + segments(random, 1).toUpperCase(Locale.ROOT));
            default -> Identity.of(service, Stem.shortened(service) + "-I" + segments(random, 1));
        };
    }

    private static String segments(Random random, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> SEGMENTS.get(random.nextInt(SEGMENTS.size())))
                .collect(Collectors.joining("-"));
    }
}
