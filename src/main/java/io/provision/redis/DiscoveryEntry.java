package io.provision.redis;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** What a service wrote about itself under {@code services:…} ({@code redis.md}, "Rules"). */
public sealed interface DiscoveryEntry {

    /** What an entry is made of; nothing else of it is read. */
    List<String> FIELDS = List.of(
            "service", "instance", "host", "http_port", "grpc_port", "version", "environment", "status", "timestamp");

    String key();

    /** Written as a hash; those of its fields that are known. */
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

    /**
     * There or not: the login may not see it.
     *
     * @param why as a sentence without a full stop
     */
    record Hidden(String key, String why) implements DiscoveryEntry {

        public Hidden {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(why, "why");
        }
    }
}
