package io.provision.cli;

import io.provision.render.RenderTarget;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.Stream;

/** The TARGET of {@code render}: one of what can be rendered, or {@code all} of it. */
record RenderChoice(String word, Set<RenderTarget> targets) {

    static final RenderChoice[] ALL = Stream.concat(
            Arrays.stream(RenderTarget.values())
                    .map(target -> new RenderChoice(target.toString(), EnumSet.of(target))),
            Stream.of(new RenderChoice("all", EnumSet.allOf(RenderTarget.class)))).toArray(RenderChoice[]::new);

    RenderChoice {
        targets = Collections.unmodifiableSet(EnumSet.copyOf(targets));
    }

    /** For completion. */
    static final class Words implements Iterable<String> {

        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(ALL).map(RenderChoice::word).iterator();
        }
    }
}
