package io.provision.plan.acl;

import java.util.Map;

/** A Redis or Valkey that is not asked: the first version that takes the words of a rule. Later ones take them, too. */
public enum RedisVersion {
    V6_2("6.2"),
    V7_0("7.0"),
    V7_2("7.2");

    /** Of the words of the {@link AllowList}; all others are known to every version. */
    private static final Map<String, RedisVersion> SINCE = Map.ofEntries(
            Map.entry("expiretime", V7_0), Map.entry("pexpiretime", V7_0),
            Map.entry("spublish", V7_0), Map.entry("ssubscribe", V7_0), Map.entry("sunsubscribe", V7_0),
            Map.entry("eval_ro", V7_0), Map.entry("evalsha_ro", V7_0), Map.entry("sort_ro", V7_0),
            // Before, everybody may, and there is no word for it.
            Map.entry("quit", V7_0),
            Map.entry("client|no-evict", V7_0), Map.entry("cluster|shards", V7_0),
            Map.entry("client|setinfo", V7_2), Map.entry("waitaof", V7_2));

    private final String text;

    RedisVersion(String text) {
        this.text = text;
    }

    /** @param word of a rule, such as {@code +get} */
    boolean knows(String word) {
        // 6.2 takes any first argument for a subcommand, and so does what init sets there.
        return this == V6_2 && word.contains("|") || SINCE.getOrDefault(word.substring(1), V6_2).compareTo(this) <= 0;
    }

    /** Whether it can let a user read keys and not write them. */
    boolean readOnlyKeys() {
        return compareTo(V7_0) >= 0;
    }

    @Override
    public String toString() {
        return text;
    }
}
