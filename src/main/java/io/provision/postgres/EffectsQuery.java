package io.provision.postgres;

import io.provision.plan.Effect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What a {@code sql:} file made, changed or dropped: the catalogs before and after, compared row by row. */
final class EffectsQuery {

    /**
     * Object by identity, with a digest of everything that the catalogs say of it.
     *
     * @param bare whether there is none that could be changed: what is there later was made, whatever it says
     */
    record Snapshot(Map<DigestsQuery.Item, String> digests, boolean bare) {}

    private final Session session;
    private final DigestsQuery query;
    private final ListingQuery list;

    EffectsQuery(Session session, ScriptContext context) {
        this.session = session;
        query = new DigestsQuery(session, context);
        list = new ListingQuery(session, context);
    }

    /** Everything in the schema, and everything that the owner owns elsewhere. */
    Snapshot snapshot() {
        session.executeThenAsk(List.of(), List.of(), list.questions());
        ListingQuery.Listing listing = list.listing();
        return new Snapshot(listing.bare() ? listing.frame() : query.digests(), listing.bare());
    }

    private Map<DigestsQuery.Item, String> made() {
        ListingQuery.Listing listing = list.listing();
        return listing.others() ? query.digests() : list.objects(listing);
    }

    /** To be asked as soon as the file was run, and then what it did {@link #since}. */
    List<Question> after(Snapshot before) {
        return before.bare() ? list.questions() : List.of();
    }

    List<Effect> since(Snapshot before) {
        Map<DigestsQuery.Item, String> now = before.bare() ? made() : query.digests();
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
