package io.provision.plan.acl;

import java.util.List;
import java.util.Objects;

/**
 * Commands, and the keys and channels that they may be used on.
 *
 * @param commands the words of {@code ACL SETUSER}, as {@code -@all +@read -keys}
 * @param keys as {@code ~audit:*}, or {@code %R~services:*} (7.0 and later)
 * @param channels as {@code &audit:*}
 */
public record Permission(String commands, List<String> keys, List<String> channels) {

    public Permission {
        Objects.requireNonNull(commands, "commands");
        keys = List.copyOf(keys);
        channels = List.copyOf(channels);
    }
}
