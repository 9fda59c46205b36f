package io.provision.plan.acl;

import io.provision.problem.Counted;
import io.provision.problem.ShortList;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What tells two rules of a user apart on one server, by what they mean and not by their words. */
public final class AclDifference {

    /** How many commands are named. */
    private static final int NAMED = 4;

    /** What does not stand for itself in a pattern. */
    private static final Pattern SPECIAL = Pattern.compile("[*?\\[\\\\]");

    private final CommandCatalog catalog;

    public AclDifference(CommandCatalog catalog) {
        this.catalog = catalog;
    }

    /** A permission as it is meant. */
    private record Meant(SortedSet<String> commands, Set<String> keys, Set<String> channels) {}

    public boolean same(AclRules one, AclRules other) {
        return of(one, other).isEmpty();
    }

    /** @return sentences that say of what was found how it is not as it should be; none where it is */
    public List<String> of(AclRules found, AclRules wanted) {
        List<String> differences = new ArrayList<>();
        if (found.on() != wanted.on()) {
            differences.add(found.on() ? "it is on" : "it is off");
        }
        if (found.login() != wanted.login()) {
            differences.add(switch (found.login()) {
                case ANYTHING -> "anybody may log in as it without a password";
                case NOTHING -> "it has no password";
                case PASSWORD -> "it has a password";
            });
        }
        if (found.sanitized() != wanted.sanitized()) {
            differences.add("what it restores is %s".formatted(found.sanitized() ? "looked through" : "not looked at"));
        }
        addPermission(meant(found.root()), meant(wanted.root()), differences);
        addSelectors(found, wanted, differences);
        return differences;
    }

    private static void addPermission(Meant found, Meant wanted, List<String> differences) {
        add("it may use %s", outside(found.keys(), wanted.keys()), differences);
        add("it may not use %s", outside(wanted.keys(), found.keys()), differences);
        add("it may use %s", outside(found.channels(), wanted.channels()), differences);
        add("it may not use %s", outside(wanted.channels(), found.channels()), differences);
        add("it may %s", shouted(beyond(found.commands(), wanted.commands())), differences);
        add("it may not %s", shouted(beyond(wanted.commands(), found.commands())), differences);
    }

    private static void add(String sentence, Collection<String> what, List<String> differences) {
        if (!what.isEmpty()) {
            List<String> shown = what.stream().map(PatternText::shown).toList();
            differences.add(sentence.formatted(ShortList.of(shown, NAMED)));
        }
    }

    private void addSelectors(AclRules found, AclRules wanted, List<String> differences) {
        Set<Meant> has = selectors(found);
        Set<Meant> needs = selectors(wanted);
        long more = has.stream().filter(selector -> !needs.contains(selector)).count();
        long missing = needs.stream().filter(selector -> !has.contains(selector)).count();
        if (more > 0) {
            differences.add("it has " + Counted.of(more, "more selector"));
        }
        if (missing > 0) {
            differences.add("it lacks " + Counted.of(missing, "selector"));
        }
    }

    /** One that allows no command allows nothing. */
    private Set<Meant> selectors(AclRules rules) {
        return rules.selectors().stream()
                .map(this::meant)
                .filter(selector -> !selector.commands().isEmpty())
                .collect(Collectors.toSet());
    }

    private Meant meant(Permission permission) {
        return new Meant(
                catalog.allowed(permission.commands()),
                patterns(permission.keys(), "~"),
                patterns(permission.channels(), "&"));
    }

    private static Set<String> patterns(List<String> words, String sign) {
        Set<String> patterns = new TreeSet<>();
        words.forEach(word -> patterns.add(switch (word) {
            case "allkeys", "allchannels" -> sign + "*";
            default -> word.startsWith("%") ? access(word) : word;
        }));
        return patterns.contains(sign + "*") ? Set.of(sign + "*") : patterns;
    }

    /** Those that none of the others allows as well: who may use all keys may use {@code ~a:*}. */
    private static SortedSet<String> outside(Set<String> some, Set<String> others) {
        SortedSet<String> outside = minus(some, others);
        outside.removeIf(word -> others.stream().anyMatch(other -> covers(other, word)));
        return outside;
    }

    private static boolean covers(String wide, String word) {
        if (word.startsWith("&")) {
            // A PSUBSCRIBE is let through of the very pattern that is allowed, or of any where all channels are.
            return wide.equals("&*");
        }
        boolean rights = wide.startsWith("~") || wide.charAt(1) == word.charAt(1) && word.startsWith("%");
        String pattern = pattern(wide);
        String prefix = pattern.substring(0, Math.max(0, pattern.length() - 1));
        return rights
                && pattern.endsWith("*")
                && SPECIAL.matcher(prefix).results().findAny().isEmpty()
                && literal(pattern(word)).startsWith(prefix);
    }

    private static String pattern(String word) {
        return word.substring(word.indexOf('~') + 1);
    }

    /** What every key that it fits begins with. */
    private static String literal(String pattern) {
        return SPECIAL.split(pattern, 2)[0];
    }

    /** {@code %WR~x} is {@code %RW~x} is {@code ~x}. */
    private static String access(String word) {
        int tilde = word.indexOf('~');
        Set<Character> rights = new HashSet<>();
        word.substring(1, tilde).toUpperCase(Locale.ROOT).chars().forEach(right -> rights.add((char) right));
        return rights.size() == 2 ? word.substring(tilde) : "%" + rights.iterator().next() + word.substring(tilde);
    }

    /** Who may SELECT may SELECT 0. */
    private static SortedSet<String> beyond(Set<String> some, Set<String> others) {
        return minus(some, others).stream()
                .filter(command -> !others.contains(CommandCatalog.container(command)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static SortedSet<String> minus(Set<String> some, Set<String> others) {
        if (some == others) {
            return new TreeSet<>();
        }
        SortedSet<String> rest = new TreeSet<>(some);
        rest.removeAll(others);
        return rest;
    }

    private static List<String> shouted(Collection<String> commands) {
        return commands.stream().map(name -> name.replace('|', ' ').toUpperCase(Locale.ROOT)).toList();
    }
}
