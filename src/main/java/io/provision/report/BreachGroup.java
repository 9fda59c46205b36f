package io.provision.report;

import io.provision.plan.Store;
import io.provision.problem.ShortList;
import io.provision.verify.Breach;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Breaches that a person reads as one: ways of one instance in one store to several others, closed by the same remedy.
 * A few stay one by one; JSON and JUnit have each ({@code cli.md}, "Conventions").
 *
 * @param to how a sentence names the instances that they lead to
 * @param how the first one's path, and which other instances it is the same with
 * @param breaches at least one, in the order in which they were found
 */
record BreachGroup(String from, String to, Store store, String how, String remedy, List<Breach> breaches) {

    private static final int NAMED = 3;

    /** @param toAll what leads to every other instance is a way of its own */
    private record Key(String from, boolean toAll, Store store, String remedy) {

        static Key of(Breach breach) {
            return new Key(breach.from(), breach.to().equals(Breach.EVERY), breach.store(), breach.remedy());
        }
    }

    BreachGroup {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(how, "how");
        Objects.requireNonNull(remedy, "remedy");
        breaches = List.copyOf(breaches);
    }

    /** In the order of each group's first one. */
    static List<BreachGroup> of(List<Breach> breaches) {
        Map<Key, List<Breach>> byRemedy = new LinkedHashMap<>();
        breaches.forEach(breach -> byRemedy.computeIfAbsent(Key.of(breach), k -> new ArrayList<>()).add(breach));
        List<BreachGroup> groups = new ArrayList<>();
        byRemedy.values().forEach(alike -> {
            List<String> reached = alike.stream().map(Breach::to).distinct().toList();
            if (reached.size() > NAMED) {
                groups.add(several(alike, reached));
            } else {
                alike.forEach(breach -> groups.add(one(breach)));
            }
        });
        return groups;
    }

    static BreachGroup one(Breach breach) {
        return new BreachGroup(
                VerifiedRun.whose(breach.from()),
                VerifiedRun.whose(breach.to()),
                breach.store(),
                breach.how(),
                breach.remedy(),
                List.of(breach));
    }

    private static BreachGroup several(List<Breach> alike, List<String> reached) {
        Breach first = alike.get(0);
        return new BreachGroup(
                VerifiedRun.whose(first.from()),
                "%d other instances".formatted(reached.size()),
                first.store(),
                "%s; and so on to %s".formatted(first.how(), ShortList.of(reached.subList(1, reached.size()), NAMED)),
                first.remedy(),
                alike);
    }

    String sentence() {
        return "from %s to %s (%s): %s".formatted(from, to, store.id(), how);
    }
}
