package io.provision.redis;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What a service wrote about itself under {@code services:…} ({@code redis.md}, "Rules"). */
public sealed interface DiscoveryEntry {

    String key();

    /** Written as a hash. */
    record Fields(String key, Map<String, String> fields) implements DiscoveryEntry {

        public Fields {
            Objects.requireNonNull(key, "key");
            fields = Collections.unmodifiableMap(new TreeMap<>(fields));
        }
    }

    /** Written as a string, most likely JSON; what is in it is for the reader to find out. */
    record Text(String key, String text) implements DiscoveryEntry {

        public Text {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(text, "text");
        }
    }

    /** @param why as a sentence without a full stop */
    record Unreadable(String key, String why) implements DiscoveryEntry {

        public Unreadable {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(why, "why");
        }
    }
}
