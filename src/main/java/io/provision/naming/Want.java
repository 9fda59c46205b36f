package io.provision.naming;

import java.util.Optional;

/**
 * One thing that one instance wants.
 *
 * @param label what it is to that instance, such as {@code legacy schema}
 * @param purpose the role that its manifest says: two wants of the same purpose may meet
 */
record Want(Claim claim, String name, String label, Optional<String> purpose) {

    static Want of(Claim claim, String name, String label) {
        return new Want(claim, name, label, Optional.empty());
    }

    Want sharedOnPurposeBy(Claim sharer) {
        return new Want(claim, name, label, sharer.explicitRole()
                ? Optional.of(sharer.names().role())
                : Optional.empty());
    }

    boolean meetsOnPurpose(Want other) {
        return purpose.isPresent() && purpose.equals(other.purpose);
    }
}
