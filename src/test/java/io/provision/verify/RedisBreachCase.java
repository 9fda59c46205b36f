package io.provision.verify;

import java.util.List;
import java.util.stream.Stream;

/**
 * A door that somebody opens in Redis by hand, and what a verification is to say of it. {@code okx_user} stands for
 * what is typed as the user of the first instance.
 *
 * @param open what the admin types, one command a line
 * @param from who gets in, or {@code *}
 * @param to where to, or {@code *}
 * @param path what the finding says, among other things
 */
record RedisBreachCase(String name, String open, String from, String to, String path) {

    private static final String OKX = "exchange-okxNN";
    private static final String KOMAINU = "custodian-komainuNN";
    private static final String EVERY = "*";

    /** What is added to okx's user, and gets it at what is komainu's. */
    private static RedisBreachCase of(String name, String words, String path) {
        return new RedisBreachCase(
                name, "ACL SETUSER okx_user " + words, OKX, KOMAINU, "okx_user may " + path);
    }

    private RedisBreachCase toAll() {
        return new RedisBreachCase(name, open, from, EVERY, path);
    }

    static String written(String text) {
        return text.replace("okx_user", "exchange-okxNN-adapter");
    }

    @Override
    public String toString() {
        return name;
    }

    static Stream<RedisBreachCase> all() {
        return Stream.of(patterns(), selectors(), discovery(), channels(), commands(), logins()).flatMap(List::stream);
    }

    /** Those that 6.2 knows, too. */
    static Stream<RedisBreachCase> ofSix() {
        return Stream.of(patterns(), channels(), logins()).flatMap(List::stream)
                .filter(breach -> !breach.open.contains("%"));
    }

    private static List<RedisBreachCase> patterns() {
        return List.of(
                of("a pattern too wide", "~custodian:*",
                        "read and write the keys custodian:komainuNN:* (by ~custodian:*)"),
                of("a hole of one prefix", "~custodian:komainuNN:orders:*",
                        "read and write the keys custodian:komainuNN:* (by ~custodian:komainuNN:orders:*)"),
                of("a hole of one key", "~custodian:komainuNN:k",
                        "read and write the keys custodian:komainuNN:* (by ~custodian:komainuNN:k)"),
                of("a pattern that begins with a choice", "~[a-d]ustodian:k?mainu*:x[^y]",
                        "read and write the keys custodian:komainuNN:* (by ~[a-d]ustodian:k?mainu*:x[^y])"),
                of("a star in the middle", "~*:komainuNN:*:last",
                        "read and write the keys audit:NN:* (by ~*:komainuNN:*:last); and so on").toAll(),
                of("a namespace without its colon", "~custodian:komainuNN*",
                        "read and write the keys custodian:komainuNN:* (by ~custodian:komainuNN*)"),
                of("keys to read", "%R~custodian:*",
                        "read the keys custodian:komainuNN:* (by %R~custodian:*)"),
                of("keys to write", "%W~custodian:*",
                        "write the keys custodian:komainuNN:* (by %W~custodian:*)"),
                of("all keys", "allkeys", "read and write the keys ").toAll());
    }

    private static List<RedisBreachCase> selectors() {
        return List.of(
                of("a selector on one prefix of another's keys", "(~custodian:komainuNN:orders:* +get)",
                        "read the keys custodian:komainuNN:* (by ~custodian:komainuNN:orders:*)"),
                of("a selector that deletes", "(~custodian:* +del)",
                        "write the keys custodian:komainuNN:* (by ~custodian:*)"),
                of("a selector that says only that keys are there", "(~custodian:* +exists)",
                        "read the keys custodian:komainuNN:* (by ~custodian:*)"),
                of("a selector on channels", "(&custodian:* +subscribe)",
                        "subscribe to the channels custodian:komainuNN:* (by &custodian:*)"),
                of("a selector with a command for one first argument", "(~custodian:* +get|custodian:komainuNN:k)",
                        "read the keys custodian:komainuNN:* (by ~custodian:*)"),
                of("a selector that publishes on one channel", "(&custodian:* +publish|custodian:komainuNN:x)",
                        "publish on the channels custodian:komainuNN:* (by &custodian:*)"),
                of("a selector that subscribes to one channel", "(&custodian:* +subscribe|custodian:komainuNN:x)",
                        "subscribe to the channels custodian:komainuNN:* (by &custodian:*)"),
                of("a selector with a command for all", "(+flushall)",
                        "FLUSHALL, which deletes every key").toAll());
    }

    private static List<RedisBreachCase> discovery() {
        return List.of(
                of("writing another's discovery entry", "~services:custodian-simulator:custodian-komainuNN",
                        "write the discovery entry services:custodian-simulator:custodian-komainuNN"),
                of("writing discovery entries of a service", "%W~services:custodian-simulator:*",
                        "write the discovery entry services:custodian-simulator:custodian-komainuNN"),
                of("writing all discovery entries", "~services:*", "write the discovery entry services:").toAll());
    }

    private static List<RedisBreachCase> channels() {
        return List.of(
                of("channels", "&custodian:*",
                        "subscribe to and publish on the channels custodian:komainuNN:* (by &custodian:*)"),
                of("one channel", "&custodian:komainuNN:trades",
                        "subscribe to and publish on the channels custodian:komainuNN:*"),
                of("what happens to another's keys", "&__keyspace@[0-9]__:custodian:*",
                        "subscribe to and publish on the channels __keyspace@0__:custodian:komainuNN:*"),
                of("what happens to everybody's keys", "&__keyevent@0__:*",
                        "subscribe to and publish on the channels __keyevent@0__:*, which show the names of others'"
                                + " keys (by &__keyevent@0__:*)").toAll(),
                of("one thing that happens to everybody's keys", "&__keyevent@*__:expired",
                        "subscribe to and publish on the channels __keyevent@0__:*, which show the names of others'"
                                + " keys (by &__keyevent@*__:expired)").toAll(),
                of("all channels", "allchannels", "subscribe to and publish on the channels ").toAll());
    }

    private static List<RedisBreachCase> commands() {
        return List.of(
                command("+flushall", "FLUSHALL, which deletes every key"),
                command("+flushdb", "FLUSHDB, which deletes every key of a database"),
                command("+swapdb", "SWAPDB, which exchanges everybody's keys"),
                command("+keys", "KEYS, which shows the names of others' keys"),
                command("+randomkey", "RANDOMKEY, which shows the names of others' keys"),
                command("+monitor", "MONITOR, which sees every command of everybody"),
                command("+psync", "PSYNC, which copies all keys"),
                command("+replicaof", "REPLICAOF, which makes the server a copy"),
                command("+config|get", "CONFIG GET, which reads the server's settings"),
                command("+config", "CONFIG SET, which changes the server's settings"),
                command("+acl|setuser", "ACL SETUSER, which gives itself and others"),
                command("+debug", "DEBUG, which does anything"),
                command("+debug|reload", "DEBUG RELOAD, which does anything"),
                command("+flushall|async", "FLUSHALL ASYNC, which deletes every key"),
                command("+module", "MODULE LOAD, which runs code of its own"),
                command("+function", "FUNCTION LOAD, which replaces functions that others call"),
                command("+script|flush", "SCRIPT FLUSH, which deletes scripts that others call"),
                command("+client|tracking", "CLIENT TRACKING, which is told of every key that anybody changes"),
                command("+client|kill", "CLIENT KILL, which ends others' connections"),
                command("+slowlog|get", "SLOWLOG GET, which shows others' commands"),
                command("+pubsub|channels", "PUBSUB CHANNELS, which shows the names of others' channels"),
                command("+cluster|setslot", "CLUSTER SETSLOT, which is dangerous, as the server calls it"),
                command("+@admin", "ACL SETUSER, which gives itself and others whatever it likes"),
                command("+@dangerous", "ACL SETUSER, which gives itself and others whatever it likes"),
                command("+@all", "ACL SETUSER, which gives itself and others whatever it likes"));
    }

    private static RedisBreachCase command(String word, String path) {
        return of(word, word, path).toAll();
    }

    private static List<RedisBreachCase> logins() {
        return List.of(
                new RedisBreachCase("a user without a password", "ACL SETUSER okx_user nopass", EVERY, OKX,
                        "anybody may log in as okx_user without a password"),
                new RedisBreachCase("default without a password", "ACL SETUSER default nopass", EVERY, EVERY,
                        "everybody can be default, which has no password and may ACL"),
                new RedisBreachCase("a stranger without a password",
                        "ACL SETUSER strangerNN on nopass ~custodian:* +get", EVERY, KOMAINU,
                        "everybody can be strangerNN, which has no password and may read"
                                + " the keys custodian:komainuNN:*"));
    }
}
