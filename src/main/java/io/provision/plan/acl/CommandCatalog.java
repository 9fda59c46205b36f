package io.provision.plan.acl;

import io.provision.plan.acl.KeyNeeds.Need;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The commands that a server knows, by category. It says what the words of a rule mean: two servers, and two versions,
 * have different words for the same commands.
 */
public final class CommandCatalog {

    private final Map<String, Set<String>> categories = new TreeMap<>();
    private final SortedSet<String> all = new TreeSet<>();
    private final Set<String> containers = new TreeSet<>();

    /** A thousand users have the same words, and each takes a while to understand. */
    private final Map<String, SortedSet<String>> understood = new ConcurrentHashMap<>();

    private final Map<String, Set<Need>> needs = new ConcurrentHashMap<>();

    /** @param categories as {@code ACL CAT} tells them, without the {@code @}; subcommands as {@code client|id} */
    public CommandCatalog(Map<String, ? extends Set<String>> categories) {
        categories.values().forEach(all::addAll);
        all.stream().filter(name -> name.contains("|")).forEach(name -> containers.add(container(name)));
        // Who has a subcommand needs no more: that of the container itself says nothing.
        all.removeAll(containers);
        categories.forEach((name, commands) -> {
            Set<String> own = new TreeSet<>(commands);
            own.removeAll(containers);
            this.categories.put(name, own);
        });
    }

    /** All of them, subcommands in place of the commands that have some. */
    public SortedSet<String> commands() {
        return Collections.unmodifiableSortedSet(all);
    }

    /** Whether subcommands are commands of their own (7.0 and later). */
    boolean hasSubcommands() {
        return !containers.isEmpty();
    }

    /**
     * @param category without the {@code @}
     * @param command as {@link #commands()} has it
     */
    boolean isIn(String category, String command) {
        return categories.getOrDefault(category, Set.of()).contains(command);
    }

    /**
     * @param word of a rule, such as {@code +get}, {@code -@dangerous}, {@code +client|id}
     * @return whether {@code ACL SETUSER} takes it here
     */
    boolean knows(String word) {
        String name = word.substring(1);
        if (name.startsWith("@")) {
            return name.equals("@all") || categories.containsKey(name.substring(1));
        }
        return all.contains(name) || containers.contains(name) || all.contains(container(name)) && name.contains("|");
    }

    /**
     * @param words of a rule, in their order: each adds to what stands before it, or takes away from it
     * @return what they allow; where a server knows no subcommands, or for one first argument, as {@code select|0}
     */
    public SortedSet<String> allowed(String words) {
        return understood.computeIfAbsent(words, this::understand);
    }

    /** What the commands that these words allow need of a key. */
    Set<Need> needs(String words) {
        return needs.computeIfAbsent(words, w -> Collections.unmodifiableSet(KeyNeeds.of(allowed(w), this)));
    }

    private SortedSet<String> understand(String words) {
        SortedSet<String> allowed = new TreeSet<>();
        for (String word : words.strip().split("\\s+")) {
            switch (word) {
                case "" -> { }
                case "allcommands" -> allowed.addAll(all);
                case "nocommands" -> allowed.clear();
                default -> apply(word, allowed);
            }
        }
        // One set for all words that mean the same: thousands of users are compared by it.
        return understood.values().stream()
                .filter(allowed::equals)
                .findFirst()
                .orElseGet(() -> Collections.unmodifiableSortedSet(allowed));
    }

    private void apply(String word, SortedSet<String> allowed) {
        boolean adds = word.startsWith("+");
        String name = word.substring(1);
        if (name.equals("@all") && !adds) {
            allowed.clear();
        } else {
            of(name).forEach(command -> apply(adds, command, allowed));
        }
    }

    private static void apply(boolean adds, String command, SortedSet<String> allowed) {
        if (!command.contains("|")) {
            allowed.removeIf(other -> other.startsWith(command + "|"));
        }
        if (!adds) {
            allowed.remove(command);
        } else if (!allowed.contains(container(command))) {
            allowed.add(command);
        }
    }

    private Set<String> of(String name) {
        if (name.equals("@all")) {
            return all;
        }
        if (name.startsWith("@")) {
            return categories.getOrDefault(name.substring(1), Set.of());
        }
        Set<String> commands = new TreeSet<>(Set.of(name));
        if (containers.contains(name)) {
            commands.clear();
            all.stream().filter(command -> container(command).equals(name)).forEach(commands::add);
        }
        return commands;
    }

    /** The command itself, where it is allowed for one first argument only. */
    static String container(String command) {
        int bar = command.indexOf('|');
        return bar < 0 ? command : command.substring(0, bar);
    }
}
