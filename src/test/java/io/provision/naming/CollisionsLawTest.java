package io.provision.naming;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.naming.Collision.Kind;
import io.provision.problem.Problem.Severity;
import io.provision.testing.RandomSeeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What is told, held against a comparison of all pairs, on claims drawn from names few enough to meet often. */
class CollisionsLawTest {

    private static final List<String> NAMESPACES = List.of("m", "m:", "m::x", "m:x", "m:x:1", "m:y", "mx", "n", "n:x");
    private static final List<String> FOLDERS = List.of("/v", "/V/a", "/v/A", "/v/a/data", "/v/ab", "/w/a", "/w",
            "/v/a/logs", "/v/A/logs", "/v/b/data", "/v/a/data/b", "/v/B/logs");

    /** One pair that meets; {@code first} is the outer one, or the earlier of two that have the same. */
    private record Meeting(Kind kind, Severity severity, String first, String firstName, String second,
            String secondName) {

        boolean same() {
            return kind != Kind.NAMESPACE && kind != Kind.VOLUME
                    || folded(kind, firstName).equals(folded(kind, secondName));
        }
    }

    @RandomSeeds(300)
    void whatIsToldIsWhatAllPairsTell(long seed) {
        assertAll("seed " + seed, () -> {
            List<Claim> claims = claims(new Random(seed));
            Set<Meeting> naive = naive(claims);
            List<Meeting> told = Collisions.among(claims).stream()
                    .map(c -> new Meeting(
                            c.kind(), c.severity(), c.first(), c.firstName(), c.second(), c.secondName()))
                    .toList();

            assertEquals(told.size(), new HashSet<>(told).size(), () -> "told twice: " + told);
            for (Meeting meeting : told) {
                assertTrue(naive.contains(meeting) || meeting.same() && naive.contains(turned(meeting)),
                        () -> "no pair tells " + meeting);
            }
            assertEquals(warnings(naive), warnings(told));
            assertEquals(errors(naive), errors(told));
        });
    }

    @RandomSeeds(300)
    void whatIsToldOfSomeIsWhatIsToldOfThemAmongAll(long seed) {
        Random random = new Random(seed);
        List<Claim> claims = claims(random);
        Set<String> some = claims.stream()
                .map(Claim::instance)
                .filter(instance -> random.nextInt(3) == 0)
                .collect(Collectors.toSet());

        List<Collision> expected = Collisions.among(claims).stream()
                .filter(found -> some.contains(found.first()) || some.contains(found.second()))
                .toList();

        assertEquals(expected, Collisions.with(some, claims), "seed " + seed);
    }

    /** Warnings are all told; of two that share a namespace, either may be the first. */
    private static Set<String> warnings(Iterable<Meeting> meetings) {
        return collect(meetings, Severity.WARNING, meeting -> meeting.same()
                ? Stream.of(new TreeSet<>(Set.of(meeting.first(), meeting.second())) + meeting.firstName())
                : Stream.of(meeting.toString()));
    }

    /** Of errors, whoever collides is told of somebody: everyone of those that share, the inner of those that nest. */
    private static Set<String> errors(Iterable<Meeting> meetings) {
        return collect(meetings, Severity.ERROR, meeting -> {
            String names = meeting.kind() + " " + folded(meeting.kind(), meeting.firstName()) + " ";
            if (!meeting.same()) {
                return Stream.of(names + "holds " + meeting.secondName() + " " + meeting.second());
            }
            if (meeting.kind() == Kind.NAMESPACE || meeting.kind() == Kind.VOLUME) {
                return Stream.of(names + meeting.second());
            }
            return Stream.of(names + meeting.first(), names + meeting.second());
        });
    }

    private static Set<String> collect(Iterable<Meeting> meetings, Severity severity,
            Function<Meeting, Stream<String>> keys) {
        List<Meeting> wanted = new ArrayList<>();
        meetings.forEach(meeting -> {
            if (meeting.severity() == severity) {
                wanted.add(meeting);
            }
        });
        return wanted.stream().flatMap(keys).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Meeting turned(Meeting m) {
        return new Meeting(m.kind(), m.severity(), m.second(), m.secondName(), m.first(), m.firstName());
    }

    private static Set<Meeting> naive(List<Claim> claims) {
        Set<Meeting> found = new HashSet<>();
        for (int i = 0; i < claims.size(); i++) {
            for (int j = 0; j < claims.size(); j++) {
                if (i != j) {
                    addNested(claims.get(i), claims.get(j), i < j, found);
                }
                if (i < j) {
                    addShared(claims.get(i), claims.get(j), found);
                }
            }
        }
        return found;
    }

    private static void addShared(Claim one, Claim other, Set<Meeting> found) {
        boolean onPurpose = one.explicitRole() && other.explicitRole()
                && one.names().role().equals(other.names().role());
        addEqual(Kind.SCHEMA, one, schemas(one), other, schemas(other), found);
        if (!onPurpose) {
            addEqual(Kind.ROLE, one, List.of(one.names().role()), other, List.of(other.names().role()), found);
            addEqual(Kind.REDIS_USER, one, List.of(one.names().redisUser()), other,
                    List.of(other.names().redisUser()), found);
        }
        addEqual(Kind.PORT, one, ports(one), other, ports(other), found);
    }

    private static void addEqual(
            Kind kind, Claim one, List<String> names, Claim other, List<String> others, Set<Meeting> found) {
        for (String name : names) {
            if (others.contains(name)) {
                found.add(new Meeting(kind, Severity.ERROR, one.instance(), name, other.instance(), name));
            }
        }
    }

    private static void addNested(Claim outer, Claim inner, boolean earlier, Set<Meeting> found) {
        for (String holder : namespaces(outer)) {
            for (String held : namespaces(inner)) {
                boolean same = holder.equals(held);
                if ((held + ":").startsWith(holder + ":") && (!same || earlier)) {
                    boolean meant = outer.sharesNamespaceWith().contains(inner.instance())
                            || same && inner.sharesNamespaceWith().contains(outer.instance());
                    found.add(new Meeting(Kind.NAMESPACE, meant ? Severity.WARNING : Severity.ERROR,
                            outer.instance(), holder, inner.instance(), held));
                }
            }
        }
        for (Path holder : outer.volumes()) {
            for (Path held : inner.volumes()) {
                Path foldedHolder = Path.of(folded(Kind.VOLUME, holder.toString()));
                Path foldedHeld = Path.of(folded(Kind.VOLUME, held.toString()));
                if (foldedHeld.startsWith(foldedHolder) && (!foldedHeld.equals(foldedHolder) || earlier)) {
                    found.add(new Meeting(Kind.VOLUME, Severity.ERROR,
                            outer.instance(), holder.toString(), inner.instance(), held.toString()));
                }
            }
        }
    }

    private static String folded(Kind kind, String name) {
        return kind == Kind.VOLUME ? name.toLowerCase(Locale.ROOT) : name;
    }

    private static List<String> schemas(Claim claim) {
        return Stream.concat(Stream.of(claim.names().schema()), claim.legacySchemas().stream()).distinct().toList();
    }

    private static List<String> namespaces(Claim claim) {
        return Stream.concat(Stream.of(claim.names().namespace()), claim.legacyNamespaces().stream())
                .distinct()
                .toList();
    }

    private static List<String> ports(Claim claim) {
        return LongStream.concat(
                        claim.httpPort().stream().asLongStream(), claim.grpcPort().stream().asLongStream())
                .mapToObj(Long::toString)
                .toList();
    }

    private static List<Claim> claims(Random random) {
        List<Claim> claims = new ArrayList<>();
        int count = 2 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            // A port is HTTP's or gRPC's by number: an instance that has one twice is a case of its own.
            Claims made = Claims.of("i" + i)
                    .schema("s" + random.nextInt(8))
                    .namespace(one(NAMESPACES, random))
                    .volume(one(FOLDERS, random))
                    .http(2 * random.nextInt(9))
                    .grpc(random.nextInt(9) * 2 + 1);
            String role = "r" + random.nextInt(3);
            made = random.nextBoolean() ? made.saidRole(role) : made.role(role);
            if (random.nextInt(3) == 0) {
                made.redisUser("u" + random.nextInt(2));
            }
            if (random.nextInt(3) == 0) {
                made.legacySchema("s" + random.nextInt(8)).legacyNamespace(one(NAMESPACES, random));
            }
            if (random.nextBoolean()) {
                made.volume(one(FOLDERS, random));
            }
            while (random.nextInt(2) == 0) {
                made.shares("i" + random.nextInt(count));
            }
            claims.add(made.claim());
        }
        return claims;
    }

    private static String one(List<String> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }
}
