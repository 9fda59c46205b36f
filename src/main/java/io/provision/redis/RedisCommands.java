package io.provision.redis;

import io.provision.plan.Change;
import io.provision.plan.RedisResource.ValidatedNamespace;
import java.util.regex.Pattern;

/** Writes a change in Redis as a person at {@code redis-cli} would. */
public final class RedisCommands {

    private static final Pattern PLAIN = Pattern.compile("[^\\s\"'\\\\\\p{Cntrl}]+");

    private RedisCommands() {}

    /** The value is left out: it is made up anew in each run. */
    public static String describe(Change change) {
        if (change.after().isEmpty()) {
            return "nothing: no key was left there";
        }
        ValidatedNamespace namespace = (ValidatedNamespace) change.resource();
        String key = word(namespace.namespace() + NamespaceValidator.KEY);
        return "SET %s … PX %d NX; DEL %s".formatted(key, NamespaceValidator.EXPIRY_MILLIS, key);
    }

    /** As redis-cli takes it. */
    static String word(String text) {
        return PLAIN.matcher(text).matches() ? text : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
