package io.provision.testing;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Between two looks at what a test waits for. To look without one takes a processor from what is waited for, and a look
 * at a server is often a login.
 */
public final class Pause {

    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private Pause() {
    }

    public static void brief() {
        LockSupport.parkNanos(NANOS);
    }
}
