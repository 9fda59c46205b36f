package io.provision.apply;

import io.provision.postgres.Session;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Lets another thread (a signal's) stop a run: nothing new is begun, and what the servers are at is given up. */
public final class Interruption {

    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();
    private volatile boolean interrupted;

    /** Returns at once; the run then undoes what it was at, and ends. */
    public void interrupt() {
        interrupted = true;
        sessions.forEach(Session::cancel);
    }

    public boolean happened() {
        return interrupted;
    }

    void watch(Session session) {
        sessions.add(session);
        if (interrupted) {
            session.cancel();
        }
    }

    void release(Session session) {
        sessions.remove(session);
    }
}
