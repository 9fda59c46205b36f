package io.provision.apply;

import io.provision.postgres.Session;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Lets another thread (a signal's) stop a run: nothing new is begun, and what the servers are at is given up. */
public final class Interruption {

    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
    private final Set<Thread> waiting = ConcurrentHashMap.newKeySet();
    private volatile boolean interrupted;

    /** Returns at once; the run then undoes what it was at, and ends. */
    public void interrupt() {
        interrupted = true;
        synchronized (waiting) {
            waiting.forEach(Thread::interrupt);
        }
        synchronized (sessions) {
            sessions.forEach(Session::cancel);
        }
    }

    boolean happened() {
        return interrupted;
    }

    /** Waits for somebody else, and ends at once when it is stopped: it may take hours, and nothing is to be undone. */
    <T> T whileWaiting(Supplier<T> wait) {
        waiting.add(Thread.currentThread());
        try {
            if (interrupted) {
                throw failure();
            }
            return wait.get();
        } finally {
            synchronized (waiting) {
                waiting.remove(Thread.currentThread());
                // An interrupt that came after the wait must not end what follows.
                Thread.interrupted();
            }
        }
    }

    void watch(Session session) {
        sessions.add(session);
        if (interrupted) {
            session.cancel();
        }
    }

    /** @return whether it goes on as if nothing had happened: it was not cancelled, and will not be any more */
    boolean release(Session session) {
        synchronized (sessions) {
            sessions.remove(session);
            return !interrupted;
        }
    }

    /** What is thrown on the way out of what it stops. */
    static ProvisionException failure() {
        return new ProvisionException(ExitCode.INTERRUPTED, Problem.error("interrupted"));
    }
}
