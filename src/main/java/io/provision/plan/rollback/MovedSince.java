package io.provision.plan.rollback;

import io.provision.plan.Effect;
import io.provision.plan.MigrationResource.Placement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where that stands by now which files of {@code sql:} made: a partition goes with the table that it is a part of, out
 * of the schema that its file made it in, and in again; what a file made in public may have been moved since.
 */
final class MovedSince {

    /** What parts are of: as the name of one, it is that of any relation. */
    private static final String TABLE = "table";

    private static final String TYPE = "type";

    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

    private final Map<CatalogName, TreeMap<Long, String>> movesByName = new HashMap<>();

    /** Notes it where it is a move. */
    void note(Recorded row) {
        if (row.change().before().orElse(null) instanceof Placement was
                && row.change().after().orElse(null) instanceof Placement is
                && !was.schema().equals(is.schema())) {
            movesByName.computeIfAbsent(CatalogName.of(was, was.schema()), name -> new TreeMap<>())
                    .put(row.id(), is.schema());
        }
    }

    /** The same, where effects name what they are about as it is named now. */
    static List<Recorded> followed(Collection<Recorded> recorded) {
        MovedSince moves = new MovedSince();
        recorded.forEach(moves::note);
        return recorded.stream().map(moves::followed).toList();
    }

    /** The same, after all moves were noted. */
    Recorded followed(Recorded row) {
        return row.effects().isEmpty()
                ? row
                : row.with(row.effects().stream().map(effect -> follow(effect, row.id())).toList());
    }

    private Effect follow(Effect effect, long since) {
        return InsideOfType.holder(effect)
                .map(type -> new Effect(
                        effect.kind(),
                        effect.type(),
                        replacedAtTheEnd(effect.identity(), type, follow(TYPE, type, since)),
                        effect.part()))
                .orElseGet(() -> followWhole(effect, since));
    }

    private Effect followWhole(Effect effect, long since) {
        String whole = effect.part().orElse(effect.identity());
        String now = follow(effect.part().isPresent() ? TABLE : effect.type(), whole, since);
        if (now.equals(whole)) {
            return effect;
        }
        return new Effect(
                effect.kind(), effect.type(), identity(effect, whole, now), effect.part().map(part -> now));
    }

    /** An index stands in its table's schema; a trigger is named by its table. */
    private static String identity(Effect effect, String relation, String now) {
        if (effect.part().isEmpty()) {
            return now;
        }
        if (effect.identity().endsWith(" on " + relation)) {
            return replacedAtTheEnd(effect.identity(), relation, now);
        }
        Matcher own = CatalogName.IDENTITY.matcher(effect.identity());
        Matcher table = CatalogName.IDENTITY.matcher(now);
        return own.matches() && table.matches() ? table.group(1) + "." + own.group(2) : effect.identity();
    }

    private static String replacedAtTheEnd(String identity, String end, String now) {
        return identity.substring(0, identity.length() - end.length()) + now;
    }

    private String follow(String type, String identity, long since) {
        String now = identity;
        long last = since;
        List<String> heads = new ArrayList<>();
        while (true) {
            Matcher parts = CatalogName.IDENTITY.matcher(now);
            Optional<CatalogName> name = CatalogName.of(type, now);
            if (name.isEmpty() || !parts.matches()) {
                return now;
            }
            heads.add(parts.group(1));
            Map.Entry<Long, String> next =
                    movesByName.getOrDefault(name.get(), new TreeMap<>()).higherEntry(last);
            if (next == null) {
                return now;
            }
            last = next.getKey();
            now = head(next.getValue(), heads) + "." + parts.group(2);
        }
    }

    /** As the server quotes it, which knows its key words; where it stood before tells how. */
    private static String head(String schema, Collection<String> heads) {
        Optional<String> known = heads.stream().filter(head -> CatalogName.unquoted(head).equals(schema)).findFirst();
        return known.orElseGet(() -> PLAIN.matcher(schema).matches()
                ? schema
                : "\"" + schema.replace("\"", "\"\"") + "\"");
    }
}
