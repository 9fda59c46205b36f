package io.provision.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.FileSystemException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IoReasonTest {

    @ParameterizedTest
    @CsvSource({
        "No space left on device, make room on that disk (bytes or inodes)",
        "Disk quota exceeded, make room on that disk (bytes or inodes)",
        "Read-only file system, 'mount that disk for writing, or name a place on another'",
        "Is a directory, make its folder"
    })
    void whatIsInTheWaySaysWhatHelps(String reason, String remedy) {
        assertEquals(remedy, IoReason.remedy(new FileSystemException("f", null, reason), "make its folder"));
    }
}
