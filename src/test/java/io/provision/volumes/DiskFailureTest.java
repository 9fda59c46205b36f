package io.provision.volumes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.problem.ExitCode;
import io.provision.problem.ProvisionException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiskFailureTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            No space left on device | FAILED  | make room there (bytes or inodes), or set `volumes.root` to another disk
            Disk quota exceeded     | FAILED  | make room there (bytes or inodes), or set `volumes.root` to another disk
            Read-only file system   | FAILED  | mount it for writing, or set `volumes.root` to another disk
            Operation not permitted | REFUSED | only root gives a folder away, and only its owner alters it: run it as \
            root, or leave `volumes.owner` out
            Input/output error      | FAILED  | look at /v and at the disk that holds it, then run the command again
            """)
    void eachReasonHasItsRemedy(String reason, ExitCode exitCode, String remedy) {
        Path folder = Path.of("/v/data");

        ProvisionException e = DiskFailure.of(
                "Making", folder, "exchange-OKX", new FileSystemException("/v/data", null, reason));

        assertEquals(exitCode, e.exitCode());
        assertEquals(remedy, e.problems().get(0).remedy().orElseThrow());
    }
}
