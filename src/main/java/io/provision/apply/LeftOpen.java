package io.provision.apply;

import io.provision.journal.OpenIntent;
import io.provision.journal.Recovered;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What killed runs left open.
 *
 * @param found what was found out of it, for the journal
 * @param notes what cannot be found out here, in sentences that say who can
 */
record LeftOpen(List<Recovered> found, List<String> notes) {

    static final LeftOpen NOTHING = new LeftOpen(List.of(), List.of());

    private static final int TOLD = 5;

    LeftOpen {
        found = List.copyOf(found);
        notes = List.copyOf(notes);
    }

    /**
     * @param otherDisk of whom another machine's disk has to be seen
     * @param notAsked of whom Redis users have to be seen, which are left out here
     */
    static LeftOpen of(List<Recovered> found, List<OpenIntent> otherDisk, List<OpenIntent> notAsked) {
        return new LeftOpen(
                found,
                Stream.concat(notes(otherDisk, LeftOpen::ofDisk), notes(notAsked, LeftOpen::ofUsers)).toList());
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
        String instances =
                ofOneRun.stream().limit(TOLD).map(OpenIntent::instance).collect(Collectors.joining(", "));
        String more = ofOneRun.size() > TOLD ? " and %d more".formatted(ofOneRun.size() - TOLD) : "";
        return "run %s on %s has not ended %s%s; ".formatted(one.run(), one.host(), instances, more);
    }

    private static String ofDisk(OpenIntent one) {
        return ("what it left on the disk is not seen from here: the next `init` or `rollback` on %1$s finds out (where"
                        + " it is the same disk, one here with HOSTNAME=%1$s, too)")
                .formatted(one.host());
    }

    private static String ofUsers(OpenIntent one) {
        return "which Redis users it set is not asked here: the next `init` or `rollback` that includes them finds out"
                + " (`--only` with redis in it, and not `redis.acl: off`)";
    }
}
