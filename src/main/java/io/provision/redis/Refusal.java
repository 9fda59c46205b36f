package io.provision.redis;

import io.provision.problem.Problem;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a server may answer instead of doing something, by the first word of its answer. */
enum Refusal {
    WRONGPASS("user or password is wrong, or the user is off", "correct them in `redis.url`"),
    NOAUTH("it wants a password", "put user and password into `redis.url`"),
    NOPERM("the login may not do that", "log in as a user who may, such as the admin"),
    READONLY("the server is a replica, which takes no writes", "set `redis.url` to the primary"),
    OOM("the server's memory is full", "make room, or raise its `maxmemory`"),
    MISCONF("the server cannot save to its disk and takes no writes", "look into the server's log and make room"),
    NOREPLICAS("too few of its replicas are there", "start them, or lower its `min-replicas-to-write`"),
    LOADING("the server is still loading its data", "wait until it has, then run the command again"),
    BUSY("a script keeps the server busy", "wait, or end it with `SCRIPT KILL`, then run the command again"),
    MASTERDOWN("the server is a replica that has lost its primary", "set `redis.url` to the primary"),
    MOVED("the key's slot is on another node by now", Refusal.AGAIN),
    ASK("the key's slot is on its way to another node", Refusal.AGAIN),
    CLUSTERDOWN("the cluster has no node for some of its keys", "start the nodes that are down, then run the command"
            + " again");

    private static final String AGAIN = "run the command again";

    private final String why;
    private final String remedy;

    Refusal(String why, String remedy) {
        this.why = why;
        this.remedy = remedy;
    }

    /** Whether somebody else may have the key, now or in a moment. */
    boolean meansThatItMoved() {
        return this == MOVED || this == ASK || this == CLUSTERDOWN || this == READONLY;
    }

    static Optional<Refusal> in(String answer) {
        String word = answer.split(" ", 2)[0];
        return Arrays.stream(values()).filter(refusal -> refusal.name().equals(word)).findFirst();
    }

    /**
     * @param doing what was being done, without a full stop
     * @param answer the server's own words, told as well: they often know more
     */
    static Problem problem(String doing, String answer) {
        return in(answer)
                .map(refusal -> Problem.error("%s: %s (%s)".formatted(doing, refusal.why, answer))
                        .remedy(refusal.remedy))
                .orElseGet(() -> unforeseen(doing, answer));
    }

    private static Problem unforeseen(String doing, String answer) {
        // A server that does not know a command repeats what it was sent.
        Problem problem = Problem.error("%s: the server says: %s".formatted(doing, answer.split(", with args", 2)[0]));
        return answer.toLowerCase(Locale.ROOT).contains("unknown command")
                ? problem.remedy("let the server have that command under its own name (`rename-command` in its"
                        + " configuration)")
                : problem.remedy("look into the server's log");
    }
}
