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
 * of the schema that its file made it in, and in again.
 */
final class MovedSince {

    /** As {@code pg_identify_object} has it. */
    private static final Pattern IDENTITY = Pattern.compile("(\"(?:[^\"]|\"\")+\"|[^\".]+)\\.(.+)");

    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

    private final Map<String, TreeMap<Long, String>> movesByName = new HashMap<>();

    private MovedSince(Collection<Recorded> recorded) {
        for (Recorded row : recorded) {
            if (row.change().before().orElse(null) instanceof Placement was
                    && row.change().after().orElse(null) instanceof Placement is
                    && was.type().relation()
                    && !was.schema().equals(is.schema())) {
                movesByName.computeIfAbsent(was.schema() + "." + was.name(), name -> new TreeMap<>())
                        .put(row.id(), is.schema());
            }
        }
    }

    /** The same, where effects name what they are about as it is named now. */
    static List<Recorded> followed(Collection<Recorded> recorded) {
        MovedSince moves = new MovedSince(recorded);
        return recorded.stream()
                .map(row -> row.effects().isEmpty() ? row : row.with(row.effects().stream()
                        .map(effect -> moves.follow(effect, row.id()))
                        .toList()))
                .toList();
    }

    private Effect follow(Effect effect, long since) {
        String relation = effect.part().orElse(effect.identity());
        String now = follow(relation, since);
        if (now.equals(relation)) {
            return effect;
        }
        return new Effect(
                effect.kind(), effect.type(), identity(effect, relation, now), effect.part().map(part -> now));
    }

    /** An index stands in its table's schema; a trigger is named by its table. */
    private static String identity(Effect effect, String relation, String now) {
        if (effect.part().isEmpty()) {
            return now;
        }
        if (effect.identity().endsWith(" on " + relation)) {
            return effect.identity().substring(0, effect.identity().length() - relation.length()) + now;
        }
        Matcher own = IDENTITY.matcher(effect.identity());
        Matcher table = IDENTITY.matcher(now);
        return own.matches() && table.matches() ? table.group(1) + "." + own.group(2) : effect.identity();
    }

    private String follow(String relation, long since) {
        String now = relation;
        long last = since;
        List<String> heads = new ArrayList<>();
        while (true) {
            Matcher identity = IDENTITY.matcher(now);
            if (!identity.matches()) {
                return now;
            }
            heads.add(identity.group(1));
            Map.Entry<Long, String> next = movesByName
                    .getOrDefault(unquoted(identity.group(1)) + "." + unquoted(identity.group(2)), new TreeMap<>())
                    .higherEntry(last);
            if (next == null) {
                return now;
            }
            last = next.getKey();
            now = head(next.getValue(), heads) + "." + identity.group(2);
        }
    }

    /** As the server quotes it, which knows its key words; where it stood before tells how. */
    private static String head(String schema, Collection<String> heads) {
        Optional<String> known = heads.stream().filter(head -> unquoted(head).equals(schema)).findFirst();
        return known.orElseGet(() -> PLAIN.matcher(schema).matches()
                ? schema
                : "\"" + schema.replace("\"", "\"\"") + "\"");
    }

    private static String unquoted(String name) {
        return name.startsWith("\"")
                ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
                : name;
    }
}
