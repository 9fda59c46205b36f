package io.provision.apply;

import io.provision.journal.OpenIntent;
import io.provision.plan.Store;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What killed runs left open. What one of them did to folders can be seen on its own machine alone: until a run there
 * has looked, nobody knows it, and the intent stays open.
 *
 * @param here what this machine can find out
 * @param elsewhere what it cannot
 */
record LeftOpen(List<OpenIntent> here, List<OpenIntent> elsewhere) {

    private static final int TOLD = 5;

    LeftOpen {
        here = List.copyOf(here);
        elsewhere = List.copyOf(elsewhere);
    }

    /** @param host this machine, as the journal names it */
    static LeftOpen of(List<OpenIntent> intents, String host) {
        Map<Boolean, List<OpenIntent>> seen = intents.stream()
                .collect(Collectors.partitioningBy(intent -> intent.host().equals(host) || !touchesDisk(intent)));
        return new LeftOpen(seen.get(true), seen.get(false));
    }

    private static boolean touchesDisk(OpenIntent intent) {
        return intent.changes().stream().anyMatch(entry -> entry.change().store() == Store.VOLUME);
    }

    /** One sentence for each run on another machine. */
    List<String> notes() {
        return elsewhere.stream()
                .collect(Collectors.groupingBy(OpenIntent::run, TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(LeftOpen::note)
                .toList();
    }

    private static String note(List<OpenIntent> ofOneRun) {
        String instances =
                ofOneRun.stream().limit(TOLD).map(OpenIntent::instance).collect(Collectors.joining(", "));
        String more = ofOneRun.size() > TOLD ? " and %d more".formatted(ofOneRun.size() - TOLD) : "";
        OpenIntent one = ofOneRun.get(0);
        return ("run %1$s on %2$s has not ended %3$s%4$s; what it left on the disk is not seen from here: the next "
                        + "`init` or `rollback` on %2$s finds out (where it is the same disk, one here with "
                        + "HOSTNAME=%2$s, too)")
                .formatted(one.run(), one.host(), instances, more);
    }
}
