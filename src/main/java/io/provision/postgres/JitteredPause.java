package io.provision.postgres;

import java.util.concurrent.ThreadLocalRandom;

/** A pause between two tries. Jittered: two that met once must not meet again. */
public final class JitteredPause {

    private JitteredPause() {}

    /** @param longest in milliseconds; it lasts at least half of that */
    public static void upTo(long longest) throws InterruptedException {
        Thread.sleep(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
    }
}
