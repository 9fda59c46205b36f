package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.apply.Credential.Kind;
import io.provision.manifest.PasswordSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets a new password together: whoever has an instance or a source in common, also by way of others. */
class TiedCredentialsTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theyAreTheOnesThatComeOfMergingWhoeverSharesSomethingAsLongAsAnybodyDoes(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 100; round++) {
            List<Credential> credentials = some(random, 1 + random.nextInt(12));

            List<List<Credential>> groups = TiedCredentials.groups(credentials);

            assertEquals(
                    merged(credentials),
                    groups.stream().<Set<Credential>>map(Set::copyOf).collect(Collectors.toSet()),
                    () -> "seed " + seed);
            assertEquals(
                    credentials.size(), groups.stream().mapToInt(List::size).sum(), () -> "seed " + seed);
        }
    }

    @Test
    void aGroupIsInTheReverseOfTheirOrderAndGroupsInTheOrderOfTheFirstOneOfEach() {
        Credential role = credential(Kind.ROLE, "a", "one", "a");
        Credential other = credential(Kind.ROLE, "b", "two", "b");
        Credential user = credential(Kind.USER, "a", "one", "a");

        List<List<Credential>> groups = TiedCredentials.groups(List.of(role, other, user));

        assertEquals(List.of(List.of(user, role), List.of(other)), groups);
    }

    /** Each merge once went through all groups, and through all members of a group that had become one of all. */
    @Test
    @Timeout(60)
    void tenThousandInstancesOfOneSourceAreOneGroupAndOfOneSourceEachAsMany() {
        List<Credential> ofOne = new ArrayList<>();
        List<Credential> ofEach = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            for (Kind kind : List.of(Kind.ROLE, Kind.USER)) {
                ofOne.add(credential(kind, "i" + i, "all", "i" + i));
                ofEach.add(credential(kind, "i" + i, "of-" + i, "i" + i));
            }
        }

        assertEquals(1, TiedCredentials.groups(ofOne).size());
        assertEquals(10_000, TiedCredentials.groups(ofEach).size());
    }

    private static List<Credential> some(Random random, int count) {
        List<Credential> credentials = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String[] instances = random.ints(1 + random.nextInt(2), 0, count)
                    .mapToObj(Integer::toString)
                    .toArray(String[]::new);
            Kind kind = random.nextBoolean() ? Kind.ROLE : Kind.USER;
            credentials.add(credential(kind, "c" + i, "s" + random.nextInt(2 * count), instances));
        }
        return credentials;
    }

    private static Credential credential(Kind kind, String name, String variable, String... instances) {
        return new Credential(
                kind, name, new PasswordSource.Environment(variable), new TreeSet<>(Set.of(instances(instances))));
    }

    private static String[] instances(String... drawn) {
        return new TreeSet<>(List.of(drawn)).toArray(String[]::new);
    }

    private static Set<Set<Credential>> merged(List<Credential> credentials) {
        Set<Set<Credential>> groups = credentials.stream()
                .<Set<Credential>>map(credential -> new HashSet<>(Set.of(credential)))
                .collect(Collectors.toSet());
        for (Credential one : credentials) {
            for (Credential other : credentials) {
                if (tied(one, other)) {
                    Set<Credential> both = new HashSet<>();
                    groups.stream()
                            .filter(group -> group.contains(one) || group.contains(other))
                            .forEach(both::addAll);
                    groups.removeIf(group -> group.contains(one) || group.contains(other));
                    groups.add(both);
                }
            }
        }
        return groups;
    }

    private static boolean tied(Credential one, Credential other) {
        return one.source().equals(other.source()) || !Collections.disjoint(one.instances(), other.instances());
    }
}
