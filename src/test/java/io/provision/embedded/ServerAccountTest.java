package io.provision.embedded;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.provision.problem.ProvisionException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerAccountTest {

    @TempDir
    private Path folder;

    @Test
    void whatStandsInTheWayOfEachAccountIsTold() {
        assumeTrue(Access.uid() == Access.ROOT, "only root needs another account");
        Path absent = folder.resolve("postgres");

        ProvisionException refused =
                assertThrows(ProvisionException.class, () -> ServerAccount.choose(folder, folder));

        String told = refused.getMessage();
        assertTrue(told.matches("(?s).*unshare \\(.+\\) nor setpriv \\(.+\\).*"), told);
        assertTrue(told.contains(absent + ": No such file") || told.contains("cannot access '" + absent), told);
    }
}
