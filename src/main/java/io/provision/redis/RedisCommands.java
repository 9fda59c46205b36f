package io.provision.redis;

import io.provision.plan.Change;
import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.RedisResource.UserPassword;
import io.provision.plan.RedisResource.ValidatedNamespace;
import io.provision.plan.acl.AclNode;
import io.provision.plan.acl.AclRules.Login;
import io.provision.plan.acl.PatternText;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes a change in Redis as a person at {@code redis-cli} would. */
public final class RedisCommands {

    private static final Pattern PLAIN = Pattern.compile("[^\\s\"'\\\\\\p{Cntrl}]+");

    /** Of a line of an ACL file, in characters. */
    private static final int USUAL_LENGTH = 1_000;

    private RedisCommands() {}

    /** What is different in each run, and every secret, is left out. */
    public static String describe(Change change) {
        if (change.resource() instanceof UserPassword password) {
            String alone = password.alone() ? " resetpass" : "";
            return at(password.node(), "ACL SETUSER %s%s #…".formatted(word(password.user()), alone));
        }
        return change.resource() instanceof AclUser user ? user(change, user) : namespace(change);
    }

    private static String namespace(Change change) {
        if (change.after().isEmpty()) {
            return "nothing: no key was left there";
        }
        ValidatedNamespace namespace = (ValidatedNamespace) change.resource();
        String key = word(ValidatedNamespace.key(namespace.namespace()));
        return "SET %s … PX %d NX; DEL %s".formatted(key, NamespaceValidator.EXPIRY_MILLIS, key);
    }

    private static String user(Change change, AclUser user) {
        List<String> passwords = user.rules().login() == Login.PASSWORD ? List.of("#…") : List.of();
        String command = AclCommand.words(change, () -> passwords).stream()
                .map(RedisCommands::word)
                .collect(Collectors.joining(" ", "ACL ", ""));
        return at(user, command);
    }

    /** A command about a user, with the server that it is for, where that is not the one that the manifest names. */
    public static String at(AclUser user, String command) {
        return at(user.node(), command);
    }

    /** A user who is made, as a line of an ACL file: without a password. Such a file takes no comment. */
    public static String fileLine(AclUser user) {
        AclUser without = user.with(user.rules().withLogin(Login.NOTHING));
        Change made = new Change(Change.SHARED, Optional.empty(), Optional.of(without), "there is none", List.of());
        List<String> words = AclCommand.words(made, List::of);
        StringBuilder line = new StringBuilder(USUAL_LENGTH).append("user ").append(user.name());
        for (String word : words.subList(2, words.size())) {
            if (!word.equals("reset")) {
                line.append(' ').append(word);
            }
        }
        return line.append('\n').toString();
    }

    private static String at(String node, String command) {
        return node.equals(AclNode.NAMED) ? command : "at %s: %s".formatted(node, command);
    }

    /** As redis-cli takes it. */
    static String word(String text) {
        return PLAIN.matcher(text).matches() ? PatternText.shown(text) : PatternText.quoted(text);
    }
}
