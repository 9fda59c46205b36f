package io.provision.problem;

/** A number of things as people read it: {@code 1 key}, {@code 2 keys}, {@code 3 breaches}. */
public final class Counted {

    private Counted() {}

    /** @param one what one of them is called */
    public static String of(long count, String one) {
        if (count == 1) {
            return "1 " + one;
        }
        return count + " " + one + (one.endsWith("ch") ? "es" : "s");
    }
}
