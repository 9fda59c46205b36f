package io.provision.migration;

import io.provision.migration.KilledRun.Command;
import org.junit.jupiter.api.Tag;

@Tag("full")
@Tag("matrix")
class KilledRollbackMatrixTest extends KillMatrix {

    KilledRollbackMatrixTest() {
        super(Command.ROLLBACK);
    }
}
