package io.provision.verify;

import io.provision.manifest.RedisSettings;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The databases of a Redis that services may use: the one that they are told of, and those that they may SELECT. */
record UsedDatabases(RedisSettings settings) {

    private static final Pattern TOLD = Pattern.compile(".*/(\\d{1,9})");
    private static final Pattern ALLOWED = Pattern.compile("(?i)\\+select\\|(\\d{1,9})");

    /** @param usual the one that they use where nobody says otherwise; 0 is anybody's */
    Set<Integer> and(int usual) {
        Stream<Integer> told = settings.serviceUrl().stream().flatMap(url -> number(TOLD, url));
        Stream<Integer> allowed = settings.commands().stream().flatMap(word -> number(ALLOWED, word));
        return Stream.of(Stream.of(0, usual), told, allowed)
                .flatMap(numbers -> numbers)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<Integer> number(Pattern pattern, String text) {
        return Stream.of(pattern.matcher(text)).filter(Matcher::matches).map(found -> Integer.valueOf(found.group(1)));
    }
}
