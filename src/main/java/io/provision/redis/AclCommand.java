package io.provision.redis;

import io.provision.plan.Change;
import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.acl.AclRules;
import io.provision.plan.acl.AclRules.Login;
import io.provision.plan.acl.Permission;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A change of a user as one {@code ACL SETUSER} or {@code ACL DELUSER}. A user who stands is not reset: whatever
 * {@code reset} does is said one by one, but for {@code resetpass}, so that its passwords never leave the server and
 * none that is set meanwhile is lost.
 */
final class AclCommand {

    private static final String FROM_NOTHING = "-@all";

    /** Behind one of them, the words say all that the user may. */
    private static final List<String> WHOLE = List.of(FROM_NOTHING, "+@all");

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
        addChannels(rules.root(), words);
        addCommands(rules.root(), words);
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
    private static void addChannels(Permission permission, List<String> words) {
        words.add("resetchannels");
        words.addAll(permission.channels());
    }

    private static void addCommands(Permission permission, List<String> words) {
        int first = words.size();
        for (String word : permission.commands().split(" ")) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        if (words.size() == first || !WHOLE.contains(words.get(first))) {
            words.add(first, FROM_NOTHING);
        }
    }

    private static String selector(Permission selector) {
        List<String> words = new ArrayList<>(selector.keys());
        addChannels(selector, words);
        addCommands(selector, words);
        return "(" + String.join(" ", words) + ")";
    }
}
