package io.provision.apply;

/** The statements of a transaction ran, and what they were to do is not so. */
final class EffectMissing extends RuntimeException {

    private final boolean worthAnotherTry;

    /** @param worthAnotherTry whether another hand may have been at it meanwhile */
    EffectMissing(String message, boolean worthAnotherTry) {
        super(message + "; look at who owns it: only its owner, or who has the grant option, can grant");
        this.worthAnotherTry = worthAnotherTry;
    }

    boolean worthAnotherTry() {
        return worthAnotherTry;
    }
}
