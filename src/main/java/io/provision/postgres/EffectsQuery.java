package io.provision.postgres;

import io.provision.plan.Effect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What a {@code sql:} file made, changed or dropped: the catalogs before and after, compared row by row. */
final class EffectsQuery {

    /** Object by identity, with a digest of everything that the catalogs say of it. */
    record Snapshot(Map<DigestsQuery.Item, String> digests) {}

    private final DigestsQuery query;

    EffectsQuery(Session session, ScriptContext context) {
        query = new DigestsQuery(session, context);
    }

    /** Everything in the schema, and everything that the owner owns elsewhere. */
    Snapshot snapshot() {
        return new Snapshot(query.digests());
    }

    List<Effect> since(Snapshot before) {
        Map<DigestsQuery.Item, String> now = snapshot().digests();
        List<Effect> effects = new ArrayList<>();
        now.forEach((item, digest) -> {
            if (!before.digests().containsKey(item)) {
                effects.add(item.effect(Effect.Kind.MADE));
            } else if (!before.digests().get(item).equals(digest)) {
                effects.add(item.effect(Effect.Kind.CHANGED));
            }
        });
        before.digests().keySet().stream()
                .filter(item -> !now.containsKey(item))
                .forEach(item -> effects.add(item.effect(Effect.Kind.DROPPED)));
        effects.sort(Comparator.comparing(Effect::kind).thenComparing(Effect::type).thenComparing(Effect::identity));
        return effects;
    }
}
