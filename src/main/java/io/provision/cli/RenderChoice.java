package io.provision.cli;

import io.provision.render.RenderTarget;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Set;

/** The TARGET of {@code render}: one of what can be rendered, or {@code all} of it. */
record RenderChoice(String word, Set<RenderTarget> targets) {

    /** Made at each start, of any command: without streams. */
    static final RenderChoice[] ALL = all();

    RenderChoice {
        targets = Collections.unmodifiableSet(EnumSet.copyOf(targets));
    }

    private static RenderChoice[] all() {
        RenderTarget[] targets = RenderTarget.values();
        RenderChoice[] all = new RenderChoice[targets.length + 1];
        for (RenderTarget target : targets) {
            all[target.ordinal()] = new RenderChoice(target.toString(), EnumSet.of(target));
        }
        all[targets.length] = new RenderChoice("all", EnumSet.allOf(RenderTarget.class));
        return all;
    }

    /** For completion. */
    static final class Words implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(ALL).map(RenderChoice::word).iterator();
        }
    }
}
