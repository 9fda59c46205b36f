package io.provision.plan.rollback;

import java.util.Objects;

/**
 * What a rollback leaves as it is.
 *
 * @param what as {@code schema exchange_okx}
 * @param why as a sentence without a full stop
 */
public record Remark(String instance, String what, String why) {

    public Remark {
        Objects.requireNonNull(instance, "instance");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(why, "why");
    }

    /** What is left of what the tool did to one resource. */
    public static Remark on(NetChange net, String why) {
        return new Remark(net.instance(), words(net), why);
    }

    private static String words(NetChange net) {
        return net.target().kind().replace('_', ' ') + " " + net.target().target();
    }
}
