package io.provision.redis;

import io.provision.plan.Change;
import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.acl.AclRules;
import io.provision.plan.acl.AclRules.Login;
import io.provision.plan.acl.Permission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A change of a user as one {@code ACL SETUSER} or {@code ACL DELUSER}. A user who stands is not reset: whatever
 * {@code reset} does is said one by one, but for {@code resetpass}, so that its passwords never leave the server and
 * none that is set meanwhile is lost.
 */
final class AclCommand {

    private AclCommand() {}

    /**
     * @param passwords as {@code ACL SETUSER} takes them, asked for where the user gets some
     * @return the words behind {@code ACL}
     */
    static List<String> words(Change change, Supplier<List<String>> passwords) {
        AclUser user = (AclUser) change.resource();
        if (change.after().isEmpty()) {
            return List.of("DELUSER", user.name());
        }
        List<String> words = new ArrayList<>(List.of("SETUSER", user.name()));
        AclRules rules = user.rules();
        if (change.before().isEmpty()) {
            words.add("reset");
        }
        words.add(rules.on() ? "on" : "off");
        if (change.before().filter(was -> ((AclUser) was).rules().sanitized() == rules.sanitized()).isEmpty()) {
            // Said only where it changes: a user of whom it was never said cannot be brought back to that.
            words.add(rules.sanitized() ? "sanitize-payload" : "skip-sanitize-payload");
        }
        addPasswords(change, rules, passwords, words);
        words.add("resetkeys");
        words.addAll(rules.root().keys());
        words.addAll(channels(rules.root()));
        words.addAll(commands(rules.root()));
        if (change.before().filter(was -> !((AclUser) was).rules().selectors().isEmpty()).isPresent()) {
            words.add("clearselectors");
        }
        rules.selectors().forEach(selector -> words.add(selector(selector)));
        return words;
    }

    private static void addPasswords(
            Change change, AclRules rules, Supplier<List<String>> passwords, List<String> words) {
        if (change.before().isEmpty()) {
            words.addAll(rules.login() == Login.ANYTHING ? List.of("nopass") : passwords.get());
            return;
        }
        if (((AclUser) change.before().get()).rules().login() == rules.login()) {
            return;
        }
        words.add("resetpass");
        switch (rules.login()) {
            case ANYTHING -> words.add("nopass");
            case PASSWORD -> words.addAll(passwords.get());
            case NOTHING -> { }
        }
    }

    /** Set explicitly: before 7.0 everybody may use all of them by default, and later where the server says so. */
    private static List<String> channels(Permission permission) {
        return Stream.concat(Stream.of("resetchannels"), permission.channels().stream()).toList();
    }

    private static List<String> commands(Permission permission) {
        List<String> words = Arrays.stream(permission.commands().split(" ")).filter(word -> !word.isEmpty()).toList();
        boolean whole = !words.isEmpty() && List.of("-@all", "+@all").contains(words.get(0));
        return whole ? words : Stream.concat(Stream.of("-@all"), words.stream()).toList();
    }

    private static String selector(Permission selector) {
        List<String> words = new ArrayList<>(selector.keys());
        words.addAll(channels(selector));
        words.addAll(commands(selector));
        return "(" + String.join(" ", words) + ")";
    }
}
