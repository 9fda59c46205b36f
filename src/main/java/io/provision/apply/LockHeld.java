package io.provision.apply;

import java.util.List;

/** A lock was not to be had until the time was over, and this is who holds it. */
final class LockHeld extends RuntimeException {

    LockHeld(RuntimeException failure, List<String> holders) {
        super("%s; %s".formatted(failure.getMessage(), String.join("; ", holders)), failure);
    }
}
