package io.provision.migration;

import io.provision.migration.KilledRun.Command;
import org.junit.jupiter.api.Tag;

@Tag("full")
class KilledRollbackMatrixTest extends KillMatrix {

    KilledRollbackMatrixTest() {
        super(Command.ROLLBACK);
    }
}
