package io.provision.redis;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The ACL rule that gives a provisioning login the least it needs ({@code redis.md}). Whoever may set users may make
 * one that may do everything: the rule guards against accidents, not against the login's owner.
 *
 * @param login the user's name
 */
public record LoginAclRule(String login) {

    /**
     * @param names as an ACL rule writes them, without the {@code +}
     * @param why as a sentence
     * @param optional whether one can do without
     */
    public record Commands(List<String> names, String why, boolean optional) {

        private static Commands needed(String why, String... names) {
            return new Commands(List.of(names), why, false);
        }

        private static Commands optional(String why, String... names) {
            return new Commands(List.of(names), why, true);
        }
    }

    public LoginAclRule {
        Objects.requireNonNull(login, "login");
        if (!login.matches("[^\\s\\p{Cntrl}\"'\\\\]+")) {
            throw new IllegalArgumentException("Redis has no user names with white space or quotes in them");
        }
    }

    public List<Commands> commands() {
        return List.of(
                Commands.needed("Logging in, and being alive.", "auth", "hello", "ping"),
                Commands.needed("Making, reading and dropping the instances' users.",
                        "acl|cat", "acl|users", "acl|getuser", "acl|setuser", "acl|deluser"),
                Commands.needed("The version, the replicas, and whether users outlive a restart.",
                        "info", "config|get"),
                Commands.needed("Counting keys by namespace, and reading discovery.",
                        "scan", "type", "getrange", "hstrlen", "hmget"),
                Commands.needed("Trying a namespace, and taking away trial keys and discovery entries.",
                        "set", "get", "del", "eval"),
                Commands.optional("Taking away an instance's keys: `rollback --discard-data`.", "unlink"),
                Commands.optional("An ACL file: writing the users to it.", "acl|save"),
                Commands.optional("No ACL file: writing the users to the configuration file.", "config|rewrite"),
                Commands.optional("7.0 and later: confirming isolation with the server's own answer.", "acl|dryrun"),
                Commands.optional("A cluster: finding its nodes.", "cluster|nodes"),
                Commands.optional("Another database than 0 in `redis.url`.", "select"));
    }

    /** What every server needs; the password's place is held by {@code PASSWORD}. */
    public String rule() {
        return "ACL SETUSER " + login + " reset on >PASSWORD ~* resetchannels " + granted(commands().stream()
                .filter(commands -> !commands.optional())
                .toList());
    }

    private static String granted(List<Commands> commands) {
        return commands.stream()
                .flatMap(c -> c.names().stream())
                .map(name -> "+" + name)
                .collect(Collectors.joining(" "));
    }

    /** The rule for people: what is needed, and under it, as comments, what may be added. */
    public String text() {
        StringBuilder text = new StringBuilder("# What the provisioning user " + login + " needs, on every node.\n"
                + "# Type it into redis-cli with a password of your own, then ACL SAVE or CONFIG REWRITE.\n");
        commands().stream().filter(commands -> !commands.optional()).forEach(commands -> text
                .append("#   ").append(String.join(", ", commands.names())).append(": ").append(commands.why())
                .append('\n'));
        text.append(rule()).append('\n');
        commands().stream().filter(Commands::optional).forEach(commands -> text
                .append("\n# Optional. ").append(commands.why()).append("\n# ACL SETUSER ").append(login).append(' ')
                .append(granted(List.of(commands))).append('\n'));
        return text.toString();
    }
}
