package io.provision.cli;

import picocli.CommandLine.Option;

/** Whether Redis writes its users down: with them it writes whatever else was changed at run time. */
final class PersistenceOption {

    @Option(names = "--no-persist",
            description = "Leave it to others that Redis writes its users down (ACL SAVE, CONFIG REWRITE).")
    private boolean off;

    boolean off() {
        return off;
    }
}
