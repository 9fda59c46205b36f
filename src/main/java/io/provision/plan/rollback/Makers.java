package io.provision.plan.rollback;

import io.provision.plan.Effect;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What files of {@code sql:} made, and since when: a thing may have been made, dropped and made again. */
final class Makers {

    private record Thing(String type, String identity) {}

    /** By the thing itself, and by its name alone, for its parts: the id of what the first file recorded. */
    private final Map<Thing, Long> things = new HashMap<>();

    private final Map<String, Long> names = new HashMap<>();

    void add(NetChange file) {
        long since = file.first().id();
        for (Effect effect : file.effects()) {
            if (makesWhole(effect)) {
                things.merge(new Thing(effect.type(), effect.identity()), since, Math::min);
                names.merge(effect.identity(), since, Math::min);
            }
        }
    }

    private static boolean makesWhole(Effect effect) {
        return effect.kind() == Effect.Kind.MADE && !InsideOfType.is(effect);
    }

    /**
     * Whether one of the files made what a file did something to, or what that is a part of. Not those that made
     * something of the same name later: what a file dropped before was another thing.
     */
    boolean made(Effect effect, NetChange file) {
        long until = file.last().id();
        return things.getOrDefault(new Thing(effect.type(), effect.identity()), Long.MAX_VALUE) <= until
                || holder(effect).filter(name -> names.getOrDefault(name, Long.MAX_VALUE) <= until).isPresent();
    }

    private static Optional<String> holder(Effect effect) {
        return InsideOfType.is(effect) ? InsideOfType.holder(effect) : effect.part();
    }
}
