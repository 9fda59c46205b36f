package io.provision.plan.rollback;

import io.provision.plan.Change;
import java.util.Objects;

/**
 * What a rollback leaves as it is.
 *
 * @param what as {@code schema exchange_okx}
 * @param why as a sentence without a full stop
 * @param remedy what to do next, likewise
 * @param unseen whether it stays because nobody could look at it: something is to be mended before a rollback is whole
 */
public record Remark(String instance, String what, String why, String remedy, boolean unseen) {

    public Remark {
        Objects.requireNonNull(instance, "instance");
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(why, "why");
        Objects.requireNonNull(remedy, "remedy");
    }

    /** What was looked at. */
    public Remark(String instance, String what, String why, String remedy) {
        this(instance, what, why, remedy, false);
    }

    /** The same with a further word on why. */
    public Remark adding(String word) {
        return new Remark(instance, what, "%s (%s)".formatted(why, word), remedy, unseen);
    }

    /** What the tool made and what must stay. */
    public static Remark kept(String instance, String what, String why) {
        return new Remark(
                instance, what, why, "when that is no longer so, `%s` takes it away".formatted(rollback(instance)));
    }

    static Remark kept(NetChange net, String why) {
        return kept(net.instance(), net.target().words(), why);
    }

    /** A file that did what nothing takes back. */
    static Remark keptForGood(NetChange net, String why) {
        return new Remark(
                net.instance(),
                net.target().words(),
                why,
                "undo by hand what is not wanted; `provision init` does not run the file again");
    }

    /** What the tool made on the disk of another machine. */
    public static Remark elsewhere(NetChange net, String host) {
        return new Remark(
                net.instance(),
                net.target().words(),
                "it was made on %s, whose disk is not seen from here".formatted(host),
                "run `%s` there, too".formatted(rollback(net.instance())));
    }

    /**
     * What cannot be looked at.
     *
     * @param why as a sentence without a full stop
     */
    public static Remark unseen(NetChange net, String why) {
        return new Remark(
                net.instance(),
                net.target().words(),
                why,
                "run `%s` as somebody who may see that; what is not seen is not taken for absent"
                        .formatted(rollback(net.instance())),
                true);
    }

    /** What was done on a server that is none of this Redis any more. */
    public static Remark onFormerServer(NetChange net, String server) {
        return new Remark(
                net.instance(),
                net.target().words(),
                "%s is no server of this Redis any more".formatted(server),
                "drop it there yourself, or let the server join again and run the same command");
    }

    /** A password, whose role or user stays. */
    static Remark password(NetChange net) {
        return new Remark(
                net.instance(),
                net.target().words(),
                "nobody knows the one before any more",
                "`provision rotate %s` gives another one".formatted(net.instance()));
    }

    /** A user, where users are left alone. */
    public static Remark withoutUsers(NetChange net) {
        return new Remark(
                net.instance(),
                net.target().words(),
                "`redis.acl: off` leaves Redis users alone",
                "take that out of the manifest, and run the same command again");
    }

    /** What a later run changed. */
    static Remark overtaken(NetChange net, String later) {
        return new Remark(
                net.instance(),
                net.target().words(),
                "the later run %s changed it: roll that back first".formatted(later),
                "provision rollback --run " + later);
    }

    /** What a file did over what it had done in an earlier run. */
    static Remark ranBefore(NetChange net, String why) {
        return new Remark(
                net.instance(),
                net.target().words(),
                why,
                "put the former text back into the file, and `provision init` runs it");
    }

    /** What another hand changed, and left to be decided on. */
    public static Remark changed(NetChange net, String why) {
        return new Remark(
                net.instance(),
                net.target().words(),
                why,
                "put it as it was and `%s` undoes it, or leave it and say --skip-changed"
                        .formatted(rollback(net.instance())));
    }

    /** What another hand has undone, or a part of it. */
    static Remark undone(NetChange net, String why) {
        return new Remark(
                net.instance(),
                net.target().words(),
                why,
                "it counts as undone, and no later rollback tells of it again");
    }

    private static String rollback(String instance) {
        return instance.equals(Change.SHARED) ? "provision rollback" : "provision rollback " + instance;
    }
}
