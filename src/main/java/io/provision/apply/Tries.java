package io.provision.apply;

import io.provision.postgres.DatabaseFailure;
import io.provision.postgres.JitteredPause;
import io.provision.postgres.ScriptFailure;
import java.time.Duration;

/** The tries of one transaction: which failures are worth another one, how many there are, and the pauses between. */
final class Tries {

    private static final int MOST = 8;
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final long deadline;
    private final boolean waitsForLocks;
    private int number = 1;
    private boolean refused;

    /**
     * @param timeout none is begun after that
     * @param waitsForLocks whether a lock that was not to be had is asked for again
     */
    Tries(Duration timeout, boolean waitsForLocks) {
        this.deadline = System.nanoTime() + timeout.toNanos();
        this.waitsForLocks = waitsForLocks;
    }

    /** Which one it is, from 1. */
    int number() {
        return number;
    }

    /** Whether there is another one after this failure; for a lock until the time is over: its holder may take long. */
    boolean another(RuntimeException e) {
        boolean refusedFirst = !refused && rightRefused(e);
        refused |= refusedFirst;
        boolean left = lockNotToBeHad(e) ? waitsForLocks : number < MOST;
        return (refusedFirst || worthIt(e)) && left && System.nanoTime() < deadline;
    }

    /** Before the next one. Grows. */
    void pause() {
        long longest = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(number, MOST));
        number++;
        try {
            JitteredPause.upTo(longest);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Interruption.failure();
        }
    }

    static boolean lockNotToBeHad(RuntimeException e) {
        return e instanceof DatabaseFailure failure && failure.lockNotToBeHad()
                || e instanceof ScriptFailure script && script.lockNotToBeHad();
    }

    private static boolean worthIt(RuntimeException e) {
        return e instanceof EffectMissing missing && missing.worthAnotherTry()
                || e instanceof DatabaseFailure failure && failure.worthAnotherTry()
                || e instanceof ScriptFailure script && script.worthAnotherTry();
    }

    /**
     * A session that works out what its login is a member of while a membership is committed keeps what it had found
     * before, and refuses what the roles of a later chunk would allow; a new one knows of them.
     */
    static boolean rightRefused(RuntimeException e) {
        return e instanceof DatabaseFailure failure && failure.rightRefused();
    }
}
