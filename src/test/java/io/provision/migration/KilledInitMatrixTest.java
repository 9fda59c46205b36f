package io.provision.migration;

import io.provision.migration.KilledRun.Command;
import org.junit.jupiter.api.Tag;

@Tag("full")
@Tag("matrix")
class KilledInitMatrixTest extends KillMatrix {

    KilledInitMatrixTest() {
        super(Command.INIT);
    }
}
