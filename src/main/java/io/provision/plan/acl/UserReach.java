package io.provision.plan.acl;

import io.provision.plan.acl.KeyNeeds.Need;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What a user's rules open to it on one server, as sets: its patterns with what its commands can do there, and the
 * commands that no pattern holds back. Root permission and selectors each allow on their own, so a pattern counts only
 * with the commands beside it.
 */
public final class UserReach {

    private static final Set<String> PUBLISHING = Set.of("publish", "spublish");
    private static final Set<String> SUBSCRIBING = Set.of("subscribe", "psubscribe", "ssubscribe");

    private final AclRules rules;
    private final CommandCatalog catalog;

    public UserReach(AclRules rules, CommandCatalog catalog) {
        this.rules = rules;
        this.catalog = catalog;
    }

    /** Every command of every permission. */
    public SortedSet<String> commands() {
        SortedSet<String> commands = new TreeSet<>();
        rules.permissions().forEach(permission -> commands.addAll(catalog.allowed(permission.commands())));
        return commands;
    }

    /** Patterns of keys that at least one command can be used on. */
    public List<PatternGrant> keys() {
        List<PatternGrant> grants = new ArrayList<>();
        for (Permission permission : rules.permissions()) {
            Set<Need> needs = catalog.needs(permission.commands());
            for (String word : permission.keys()) {
                Set<Need> met = met(word, needs);
                if (!met.isEmpty()) {
                    grants.add(new PatternGrant(
                            word,
                            KeyGlob.of(pattern(word, '~')),
                            !met.contains(Need.WRITE) || met.contains(Need.READ) || met.contains(Need.BOTH),
                            met.contains(Need.WRITE) || met.contains(Need.BOTH)));
                }
            }
        }
        return grants;
    }

    /** Patterns of channels that can be subscribed to or published on. */
    public List<PatternGrant> channels() {
        List<PatternGrant> grants = new ArrayList<>();
        for (Permission permission : rules.permissions()) {
            SortedSet<String> commands = catalog.allowed(permission.commands());
            boolean publishes = any(PUBLISHING, commands);
            boolean subscribes = any(SUBSCRIBING, commands);
            if (publishes || subscribes) {
                permission.channels().forEach(word -> grants.add(
                        new PatternGrant(word, KeyGlob.of(pattern(word, '&')), subscribes, publishes)));
            }
        }
        return grants;
    }

    /**
     * Whether the server will let it: what {@code ACL DRYRUN} says.
     *
     * @param command one that has one key and needs the same of it whatever follows, such as {@code get}
     */
    public boolean permitsOnKey(String command, String key) {
        Set<Need> needs = KeyNeeds.of(command, catalog);
        return rules.permissions().stream()
                .filter(permission -> catalog.allowed(permission.commands()).contains(command))
                .flatMap(permission -> permission.keys().stream())
                .anyMatch(word -> !met(word, needs).isEmpty() && KeyGlob.of(pattern(word, '~')).matches(key));
    }

    /** The same of {@code PUBLISH} and {@code SUBSCRIBE}. */
    public boolean permitsOnChannel(String command, String channel) {
        return rules.permissions().stream()
                .filter(permission -> catalog.allowed(permission.commands()).contains(command))
                .flatMap(permission -> permission.channels().stream())
                .anyMatch(word -> KeyGlob.of(pattern(word, '&')).matches(channel));
    }

    private static Set<Need> met(String word, Set<Need> needs) {
        String rights = word.startsWith("%") ? word.substring(1, word.indexOf('~')).toUpperCase(Locale.ROOT) : "RW";
        Set<Need> met = EnumSet.noneOf(Need.class);
        Stream.of(Need.values())
                .filter(need -> switch (need) {
                    case MATCH -> true;
                    case READ -> rights.contains("R");
                    case WRITE -> rights.contains("W");
                    case BOTH -> rights.contains("R") && rights.contains("W");
                })
                .filter(needs::contains)
                .forEach(met::add);
        return met;
    }

    private static String pattern(String word, char sign) {
        return word.equals("allkeys") || word.equals("allchannels") ? "*" : word.substring(word.indexOf(sign) + 1);
    }

    private static boolean any(Collection<String> some, Collection<String> allowed) {
        return allowed.stream().map(CommandCatalog::container).anyMatch(some::contains);
    }
}
