package io.provision.plan.rollback;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.plan.Change;
import io.provision.plan.Effect;
import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.Movable;
import io.provision.plan.ObjectKind;
import io.provision.plan.PostgresResource.DefaultPrivileges;
import io.provision.plan.PostgresResource.ObjectGrants;
import io.provision.plan.PostgresResource.Role;
import io.provision.plan.PostgresResource.Schema;
import io.provision.plan.PostgresResource.SchemaGrant;
import io.provision.plan.Privilege;
import io.provision.plan.Resource;
import io.provision.plan.SqlFile;
import io.provision.plan.SqlObject;
import io.provision.plan.SqlScript;
import io.provision.plan.VolumeResource.Folder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Whatever was recorded, what is forgotten while it is read is not missed; seeds as {@code -Dprovision.seed} says. */
class BalancesTest {

    private static final int JOURNALS = 5_000;

    /** Of each target, what it may be: what the laws of rollback tell apart, and what they do not. */
    private static final List<List<Resource>> TARGETS = List.of(
            List.of(role("one"), role("two"), new Role("r", Optional.empty())),
            List.of(
                    new Schema("s", "r", false, Optional.of("one"), List.of()),
                    new Schema("s", "q", false, Optional.of("one"), List.of()),
                    new Schema("s", "r", true, Optional.of("two"), List.of())),
            List.of(folder(0700, "one"), folder(0700, "two"), folder(0750, "one")),
            List.of(
                    new SchemaGrant("s", "r", Set.of(Privilege.USAGE)),
                    new SchemaGrant("s", "r", Set.of(Privilege.CREATE)),
                    new SchemaGrant("s", "r", Set.of(Privilege.USAGE, Privilege.CREATE))),
            List.of(
                    defaults(Set.of(Privilege.SELECT)),
                    defaults(Set.of(Privilege.INSERT)),
                    defaults(Set.of(Privilege.SELECT, Privilege.INSERT))),
            List.of(
                    grants(Map.of("a", Set.of(Privilege.SELECT))),
                    grants(Map.of("b", Set.of(Privilege.SELECT))),
                    grants(Map.of("a", Set.of(Privilege.SELECT, Privilege.INSERT), "b", Set.of(Privilege.SELECT)))),
            List.of(file("one"), file("two")),
            List.of(new SqlObject("s", "table", "s.t", true)),
            List.of(placed("public"), placed("s")));

    @Test
    void whatStandsIsWhatAllOfTheJournalComesTo() {
        each(random -> journal(random, false));
    }

    @Test
    void soItIsWhereOthersHaveTheirHandsInIt() {
        each(random -> journal(random, true));
    }

    @Test
    void whatWasMadeAndTakenBackIsNotHeld() {
        Balances balances = new Balances();
        for (int cycle = 0; cycle < 9; cycle++) {
            for (List<Resource> values : TARGETS.subList(0, TARGETS.size() - 1)) {
                Recorded made = row(10 * cycle, "init", false, Optional.empty(), Optional.of(values.get(0)));
                Recorded takenBack = row(10 * cycle + 1, "rollback", true, made.change().after(), Optional.empty());
                // What a reader lacks is there before it is granted, and after that is taken back.
                boolean lacking = values.get(0) instanceof ObjectGrants;
                balances.add(lacking ? turned(made) : made);
                balances.add(lacking ? turned(takenBack) : takenBack);
            }
        }

        assertEquals(0, balances.held());
        assertEquals(List.of(), balances.standing());
    }

    private static void each(Function<Random, List<Recorded>> journals) {
        long first = Long.getLong("provision.seed", 1);
        LongStream.range(first, first + JOURNALS).forEach(seed -> {
            List<Recorded> journal = journals.apply(new Random(seed));
            Balances balances = new Balances();
            journal.forEach(balances::add);

            assertEquals(Ledger.standing(journal), balances.standing(), "-Dprovision.seed=" + seed);
        });
    }

    /** @param strange whether a change may find what none before it has left */
    private static List<Recorded> journal(Random random, boolean strange) {
        Map<List<Resource>, Optional<Resource>> left = new HashMap<>();
        List<Recorded> journal = new ArrayList<>();
        int length = 1 + random.nextInt(40);
        while (journal.size() < length) {
            List<Resource> values = TARGETS.get(random.nextInt(TARGETS.size()));
            boolean found = strange && random.nextInt(4) == 0;
            Optional<Resource> before = found ? any(random, values) : left.getOrDefault(values, Optional.empty());
            Optional<Resource> after = any(random, values);
            if (!before.equals(after)) {
                int run = journal.size() / 8;
                journal.add(row(journal.size(), "run" + run, random.nextBoolean(), before, after));
                left.put(values, after);
            }
        }
        return journal;
    }

    private static Optional<Resource> any(Random random, List<Resource> values) {
        int which = random.nextInt(values.size() + 2);
        return which < values.size() ? Optional.of(values.get(which)) : Optional.empty();
    }

    private static Recorded row(
            long id, String run, boolean back, Optional<Resource> before, Optional<Resource> after) {
        Change change = new Change("i" + id % 3, before, after, "because of " + id, List.of());
        List<Effect> effects = change.resource() instanceof SqlFile
                ? List.of(new Effect(Effect.Kind.MADE, "table", "public.t", Optional.empty()))
                : List.of();
        return new Recorded(id, run, back, "here", "1", change, effects);
    }

    private static Recorded turned(Recorded row) {
        return row(row.id(), row.run(), row.back(), row.change().after(), row.change().before());
    }

    private static Role role(String comment) {
        return new Role("r", Optional.of(comment));
    }

    private static Folder folder(int mode, String owner) {
        return new Folder(Path.of("/v/f"), Path.of("/v"), mode, false, Optional.of(owner));
    }

    private static DefaultPrivileges defaults(Set<Privilege> privileges) {
        return new DefaultPrivileges("s", "r", ObjectKind.TABLE, "reader", privileges);
    }

    private static ObjectGrants grants(Map<String, Set<Privilege>> lacking) {
        return new ObjectGrants("s", ObjectKind.TABLE, "reader", Set.of(Privilege.SELECT), lacking);
    }

    private static SqlFile file(String checksum) {
        return new SqlFile("s", new SqlScript.Name("V1__t.sql", List.of(1L)), checksum);
    }

    private static Placement placed(String schema) {
        return new Placement(Movable.TABLE, "t", "public", "s", schema, "r", List.of());
    }
}
