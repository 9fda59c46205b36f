package io.provision.plan.acl;

import java.util.Objects;

/**
 * What a user may do with the keys, or the channels, of one pattern.
 *
 * @param word as the rule has it, such as {@code %R~services:*} or {@code &audit:*}
 * @param reads whether it may read keys, or subscribe
 * @param writes whether it may write or delete keys, or publish
 */
public record PatternGrant(String word, KeyGlob glob, boolean reads, boolean writes) {

    public PatternGrant {
        Objects.requireNonNull(word, "word");
        Objects.requireNonNull(glob, "glob");
    }
}
