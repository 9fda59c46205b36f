package io.provision.verify;

import io.provision.plan.acl.PatternText;
import java.util.Objects;

/**
 * Something that a user may do, and that is another instance's.
 *
 * @param to whose; {@link Breach#EVERY} where it is everybody's
 * @param may what, as a verb
 * @param what what it may do it with; empty where a command alone says it
 * @param by the pattern that allows it, or what the command does
 */
record RedisOpening(String to, String may, String what, String by) {

    RedisOpening {
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(may, "may");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(by, "by");
    }

    /** The pattern without its sign: {@code ~}, {@code &}, or such as {@code %R~}. */
    String pattern() {
        return by.substring(by.startsWith("%") ? by.indexOf('~') + 1 : 1);
    }

    /** As a sentence about a user goes on. */
    String told() {
        return what.isEmpty()
                ? "may %s, which %s".formatted(may, by)
                : "may %s %s (by %s)".formatted(may, what, PatternText.shown(by));
    }
}
