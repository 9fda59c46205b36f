package io.provision.apply;

/**
 * The connection was lost while a COMMIT was on its way, and what became of it could not be found out. Nothing may be
 * undone then: the intent stays open, and the next run finds out.
 */
final class CommitInDoubt extends RuntimeException {

    CommitInDoubt(Throwable failure) {
        super(
                ("the connection was lost at COMMIT (%s), and it is not known whether it was made: "
                                + "the next run finds out")
                        .formatted(failure.getMessage()),
                failure);
    }
}
