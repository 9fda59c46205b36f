package io.provision.manifest;

import io.provision.problem.Place;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills {@code ${VAR}}, {@code ${VAR:-default}}, {@code ${VAR:?message}} and {@code $VAR} as docker compose does
 * ({@code manifest.md}); {@code $$} is a dollar; an empty variable counts as unset. Tells names of variables, never
 * their values.
 */
final class Variables {

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String FORMS = "write ${NAME}, ${NAME:-default} or ${NAME:?message}; $$ stands for a dollar";

    private static final int DEEPEST_DEFAULT = 20;

    /** Of a doubled dollar the second begins no name. */
    private static final Pattern NAMED = Pattern.compile("\\$\\$|\\$\\{?([A-Za-z_][A-Za-z0-9_]*)");

    private final Map<String, String> environment;
    private final Faults faults;
    private final Set<String> named = new TreeSet<>();

    Variables(Map<String, String> environment, Faults faults) {
        this.environment = Map.copyOf(environment);
        this.faults = faults;
    }

    /** @return the text filled; empty when that could not be, which has been told */
    Optional<String> fill(String text, Place place) {
        return fill(text, place, 0);
    }

    /** Those of all texts so far, of defaults too that did not count: the same ones whatever is set here. */
    Set<String> named() {
        return Collections.unmodifiableSet(named);
    }

    private Optional<String> fill(String text, Place place, int depth) {
        if (text.indexOf('$') < 0) {
            return Optional.of(text);
        }
        StringBuilder filled = new StringBuilder();
        boolean whole = true;
        int at = 0;
        while (at < text.length()) {
            if (text.charAt(at) != '$') {
                filled.append(text.charAt(at++));
                continue;
            }
            int end = endOfReference(text, at);
            Optional<String> value = end < 0 ? malformed(place) : resolve(text.substring(at, end), place, depth);
            value.ifPresent(filled::append);
            whole &= value.isPresent();
            at = end < 0 ? text.length() : end;
        }
        return whole ? Optional.of(filled.toString()) : Optional.empty();
    }

    /** @return just behind what begins with the dollar at {@code start}; -1 when that is no reference */
    private static int endOfReference(String text, int start) {
        if (text.startsWith("$$", start)) {
            return start + 2;
        }
        if (!text.startsWith("${", start)) {
            Matcher name = NAME.matcher(text).region(start + 1, text.length());
            return name.lookingAt() ? name.end() : -1;
        }
        int depth = 0;
        for (int at = start; at < text.length(); at++) {
            if (text.startsWith("${", at)) {
                depth++;
            } else if (text.charAt(at) == '}' && --depth == 0) {
                return at + 1;
            }
        }
        return -1;
    }

    private Optional<String> resolve(String reference, Place place, int depth) {
        if (reference.equals("$$")) {
            return Optional.of("$");
        }
        boolean braces = reference.startsWith("${");
        String inside = braces ? reference.substring(2, reference.length() - 1) : reference.substring(1);
        Matcher name = NAME.matcher(inside);
        if (!name.lookingAt()) {
            return malformed(place);
        }
        String rest = inside.substring(name.end());
        if (!rest.isEmpty() && !rest.startsWith(":-") && !rest.startsWith(":?")) {
            return malformed(place);
        }
        named.add(name.group());
        if (rest.startsWith(":-")) {
            NAMED.matcher(rest).results().map(found -> found.group(1)).filter(Objects::nonNull).forEach(named::add);
        }
        String value = environment.getOrDefault(name.group(), "");
        if (!value.isEmpty()) {
            return Optional.of(value);
        }
        if (rest.startsWith(":-")) {
            return depth < DEEPEST_DEFAULT ? fill(rest.substring(2), place, depth + 1) : tooDeep(place);
        }
        String why = rest.length() > 2 ? ": " + rest.substring(2) : "";
        faults.error(place, "the variable " + name.group() + " is not set, or empty" + why,
                "set it, or write a default: ${" + name.group() + ":-…}");
        return Optional.empty();
    }

    private Optional<String> tooDeep(Place place) {
        faults.error(place, "defaults stand within defaults, more than " + DEEPEST_DEFAULT + " deep", "write fewer");
        return Optional.empty();
    }

    /** Does not show the text: what has a stray dollar is most likely a password. */
    private Optional<String> malformed(Place place) {
        faults.error(place, "a dollar here begins no variable that can be understood", FORMS);
        return Optional.empty();
    }
}
