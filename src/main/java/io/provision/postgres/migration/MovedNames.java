package io.provision.postgres.migration;

import io.provision.plan.Movable;
import io.provision.postgres.Sql;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the names of what moves in texts that are not parsed before they run. */
final class MovedNames {

    /** What stands between words; a name that has some of it is several words. */
    private static final String SEPARATORS = " \t\r\n.,;:()[]{}<>=+-*/%!|&^~@#?`'\"\\";

    /** More names than that are looked up word by word, which takes as long for a thousand as for one. */
    private static final int FEW = 100;

    private static final Pattern WORD = Pattern.compile("\"((?:[^\"]|\"\")+)\"|[\\p{L}_][\\p{L}\\p{N}_$]*");

    /** @param owner what moves, and takes the name along */
    private record Target(Moving owner, boolean onlyQualified) {}

    /**
     * One mention of what moves.
     *
     * @param qualified whether with the schema that it comes from
     * @param line where it was found
     */
    record Mention(Moving owner, String name, boolean qualified, String line) {}

    private final Map<String, List<Target>> targets = new HashMap<>();
    private final boolean hashesArrays;

    /** @param serverVersion before 14, every word would be compared with every name of an array */
    MovedNames(MovingSet set, Attachments attachments, int serverVersion) {
        hashesArrays = serverVersion >= 140000;
        for (Moving object : set.all()) {
            if (object.type().relation()) {
                add(object.name(), new Target(object, false));
            } else if (object.type() == Movable.TYPE || object.type() == Movable.DOMAIN) {
                // An enum named "status" would be found everywhere.
                add(object.name(), new Target(object, true));
            }
        }
        attachments.all().stream()
                .filter(a -> a.kind() == Attachments.Kind.SEQUENCE)
                .forEach(a -> add(a.name(), new Target(set.relation(a.relation()).orElseThrow(), false)));
    }

    private static String lower(String name) {
        return name.chars()
                .mapToObj(c -> Character.toString(c < 0x80 ? Character.toLowerCase(c) : c))
                .collect(Collectors.joining());
    }

    private void add(String name, Target target) {
        targets.computeIfAbsent(name, n -> new ArrayList<>()).add(target);
    }

    /** One word of each name, in lower case: a text without it does not mention the name. */
    Collection<String> words() {
        return targets.keySet().stream()
                .flatMap(name -> Arrays.stream(lower(name).split("[" + Pattern.quote(SEPARATORS) + "]+"))
                        .max(Comparator.comparing(String::length))
                        .stream())
                .filter(word -> !word.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    /**
     * A condition for the server, with one parameter: {@link #words}. It lets through what may mention a name; letters
     * outside of ASCII are not folded, as PostgreSQL does not fold them either.
     */
    String mentionedIn(String text) {
        return words().size() <= FEW
                ? """
                  EXISTS (
                    SELECT
                    FROM (SELECT lower(%s COLLATE "C") OFFSET 0) AS l (text), unnest(?::text[]) AS w (word)
                    WHERE strpos(l.text, w.word) > 0
                  )"""
                        .formatted(text)
                : """
                  EXISTS (
                    SELECT
                    FROM unnest(string_to_array(translate(lower(%s COLLATE "C"), %s, '%s'), ' ')) AS w (word)
                    WHERE w.word %s
                  )"""
                        .formatted(
                                text,
                                Sql.literal(SEPARATORS),
                                " ".repeat(SEPARATORS.length()),
                                hashesArrays ? "= ANY (?::text[])" : "IN (SELECT unnest(?::text[]))");
    }

    /** The clearest mention of each object. */
    Collection<Mention> in(String text) {
        Map<Moving, Mention> found = new LinkedHashMap<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            String written = matcher.group(1) == null ? matcher.group() : matcher.group(1).replace("\"\"", "\"");
            mentioned(written, text, matcher.start(), found);
            if (matcher.group(1) == null && !written.equals(lower(written))) {
                mentioned(lower(written), text, matcher.start(), found);
            }
        }
        return found.values();
    }

    private void mentioned(String name, String text, int place, Map<Moving, Mention> found) {
        for (Target target : targets.getOrDefault(name, List.of())) {
            boolean dotted = place > 0 && text.charAt(place - 1) == '.';
            boolean qualified = dotted && qualifies(target.owner().route().from(), text.substring(0, place - 1));
            boolean known = found.containsKey(target.owner()) && (found.get(target.owner()).qualified() || !qualified);
            if (!known && (qualified || !dotted && !target.onlyQualified())) {
                found.put(
                        target.owner(),
                        new Mention(target.owner(), name, qualified, TextLines.around(text, place)));
            }
        }
    }

    /** Whether a word that begins at a place began earlier. */
    private static boolean goesOn(String text, int place) {
        return place > 0 && Character.isJavaIdentifierPart(text.charAt(place - 1));
    }

    private static boolean qualifies(String schema, String before) {
        return before.endsWith('"' + schema.replace("\"", "\"\"") + '"')
                || lower(before).endsWith(schema) && !goesOn(before, before.length() - schema.length());
    }
}
