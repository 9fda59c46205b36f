package io.provision.volumes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.provision.plan.Desired;
import io.provision.plan.VolumeResource.Folder;
import io.provision.problem.ExitCode;
import io.provision.problem.ProvisionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnersTest {

    @TempDir
    Path temp;

    private Owners owners;

    @BeforeEach
    void userDatabase() throws IOException {
        Path passwd = Files.writeString(temp.resolve("passwd"), """
                # users
                appuser:x:1000:1001:The App:/home/appuser:/bin/sh
                svc:x:4000000000:1002::/:/bin/false
                """);
        Path group = Files.writeString(temp.resolve("group"), "appgroup:x:2000:appuser\n");
        owners = new Owners(new UserDatabase(passwd, group));
    }

    @ParameterizedTest
    @CsvSource({
        "1000:1000, 1000:1000",
        "0700:007, 700:7",
        "12345, 12345:12345",
        "12345:, 12345:12345",
        "appuser, 1000:1001",
        "appuser:, 1000:1001",
        "appuser:appgroup, 1000:2000",
        "appuser:5, 1000:5",
        "5:appgroup, 5:2000",
        "svc:0, 4000000000:0",
    })
    void namesBecomeNumbers(String owner, String numbers) {
        assertEquals(numbers, owners.resolve(owner));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
            nobody-at-all,           this machine knows no user nobody-at-all
            appuser:nothing-at-all,  this machine knows no group nothing-at-all
            :5,                      it is not `user:group`
            1:2:3,                   it is not `user:group`
            4294967295:1,            4294967295 is above 4294967294
            """)
    void whatCannotBeANumberIsAFaultWithItsReason(String owner, String why) {
        ProvisionException e = assertThrows(ProvisionException.class, () -> owners.resolve(owner));

        assertEquals(ExitCode.USAGE, e.exitCode());
        assertEquals(
                "the owner `%s` cannot be used: %s — write numbers, such as `1000:1000`: they need no such user here"
                        .formatted(owner, why),
                e.getMessage());
    }

    @Test
    void theMachinesOwnUsersAreKnown() {
        assertEquals("0:0", Owners.ofThisMachine().resolve("root:0"));
    }

    @Test
    void allFoldersHaveTheirOwnersInNumbers() {
        Folder data = FolderFixture.own(temp, "data");
        Folder logs = FolderFixture.own(temp, "logs");

        Desired numbers = owners.inNumbers(FolderFixture.desired(FolderFixture.ownedBy("appuser", data), logs));

        assertEquals(FolderFixture.desired(FolderFixture.ownedBy("1000:1001", data), logs), numbers);
    }

    @Test
    void allUnknownOwnersAreToldAtOnceAndEachOnce() {
        Desired desired = FolderFixture.desired(
                FolderFixture.ownedBy("unknown-a", FolderFixture.own(temp, "a")),
                FolderFixture.ownedBy("unknown-b", FolderFixture.own(temp, "b")),
                FolderFixture.ownedBy("unknown-b", FolderFixture.own(temp, "c")));

        ProvisionException e = assertThrows(ProvisionException.class, () -> owners.inNumbers(desired));

        assertEquals(2, e.problems().size());
    }
}
