package io.provision.apply;

import io.provision.journal.OpenIntent;
import io.provision.journal.Recovered;
import io.provision.plan.Change;
import io.provision.problem.ShortList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What killed runs left open.
 *
 * @param found what was found out of it, for the journal
 * @param rotations those that were to give new passwords, or to retire old ones: only the same command finishes them
 * @param unseen what cannot be found out here, in sentences that say who can
 */
record LeftOpen(List<Recovered> found, List<OpenIntent> rotations, List<String> unseen) {

    static final LeftOpen NOTHING = new LeftOpen(List.of(), List.of(), List.of());

    LeftOpen {
        found = List.copyOf(found);
        rotations = List.copyOf(rotations);
        unseen = List.copyOf(unseen);
    }

    /**
     * @param otherDisk of whom another machine's disk has to be seen
     * @param barred of whom folders here cannot be looked at, and why, as a sentence without a full stop
     * @param notAsked of whom Redis users have to be seen, which are left out here
     */
    static LeftOpen of(
            List<Recovered> found,
            List<OpenIntent> rotations,
            List<OpenIntent> otherDisk,
            Map<OpenIntent, String> barred,
            List<OpenIntent> notAsked) {
        Stream<String> unseen = Stream.of(
                        notes(otherDisk, LeftOpen::ofDisk), notes(barred), notes(notAsked, LeftOpen::ofUsers))
                .flatMap(Function.identity());
        return new LeftOpen(found, rotations, unseen.toList());
    }

    /** One sentence for each run and each reason. */
    private static Stream<String> notes(Map<OpenIntent, String> barred) {
        Map<String, List<OpenIntent>> byReason = barred.entrySet().stream().collect(Collectors.groupingBy(
                Map.Entry::getValue, TreeMap::new, Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        return byReason.entrySet().stream().flatMap(same -> notes(same.getValue(), one -> ofBarred(same.getKey())));
    }

    /** What a person should know of it, in sentences. */
    List<String> notes() {
        return Stream.concat(unseen.stream(), notes(rotations, LeftOpen::ofRotation)).toList();
    }

    /** With these rotations ended: whoever does this finishes them, or has seen that they are over. */
    LeftOpen ending(Predicate<OpenIntent> which) {
        Map<Boolean, List<OpenIntent>> parts = rotations.stream().collect(Collectors.partitioningBy(which));
        Stream<Recovered> ended = parts.get(true).stream().map(intent -> new Recovered(intent, List.of(), true));
        return new LeftOpen(Stream.concat(found.stream(), ended).toList(), parts.get(false), unseen);
    }

    /** What a person should know of it who rolls these instances back. */
    List<String> notesWithout(Predicate<String> instances) {
        List<OpenIntent> others =
                rotations.stream().filter(intent -> !instances.test(intent.instance())).toList();
        return new LeftOpen(found, others, unseen).notes();
    }

    /** One sentence for each run. */
    private static Stream<String> notes(List<OpenIntent> intents, Function<OpenIntent, String> rest) {
        return intents.stream()
                .collect(Collectors.groupingBy(OpenIntent::run, TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(ofOneRun -> unfinished(ofOneRun) + rest.apply(ofOneRun.get(0)));
    }

    private static String unfinished(Collection<OpenIntent> ofOneRun) {
        OpenIntent one = ofOneRun.iterator().next();
        String instances = ShortList.of(ofOneRun.stream().map(intent -> Change.named(intent.instance())).toList());
        return "run %s on %s has not ended %s; ".formatted(one.run(), one.host(), instances);
    }

    private static String ofDisk(OpenIntent one) {
        return ("what it left on the disk is not seen from here: the next `init` or `rollback` on %1$s finds out (where"
                        + " it is the same disk, one here with HOSTNAME=%1$s, too)")
                .formatted(one.host());
    }

    private static String ofBarred(String why) {
        return why + " (the next `init` or `rollback` by somebody who may see that finds out)";
    }

    private static String ofRotation(OpenIntent one) {
        if (one.retires()) {
            return "it was to have Redis forget old passwords: run the same `provision rotate --retire-old` again, or"
                    + " they may be valid still";
        }
        return "it was to give new passwords: run the same `provision rotate` again, or a service that starts may have"
                + " one that PostgreSQL does not take yet";
    }

    private static String ofUsers(OpenIntent one) {
        return "which Redis users it set is not asked here: the next `init` or `rollback` that includes them finds out"
                + " (`--only` with redis in it, and not `redis.acl: off`)";
    }
}
