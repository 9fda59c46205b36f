package io.provision.problem;

/** How a command ends, as its caller's shell sees it (the contract is {@code cli.md}, "Conventions"). */
public enum ExitCode {
    /** Done, or nothing to do. */
    DONE(0),
    /** It failed, and what was being done was undone. */
    FAILED(1),
    /** The command line or the manifest is wrong; nothing was tried. */
    USAGE(2),
    /** {@code plan --detailed-exitcode} found changes, or {@code render --check} a difference. */
    DIFFERENCE(3),
    /** {@code verify} found a fault. */
    FAULT(4),
    /** A server cannot be reached, or refuses the login. */
    UNREACHABLE(5),
    /** Another run holds the lock, and went on holding it for as long as {@code --wait} says. */
    LOCKED(6),
    /** Refused: a hazard, a stale plan, a protected instance, a missing privilege, changed since. */
    REFUSED(7),
    /** Interrupted, and undone. */
    INTERRUPTED(130);

    private final int value;

    ExitCode(int value) {
        this.value = value;
    }

    public int value() {
        return value;
    }
}
