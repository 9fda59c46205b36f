package io.provision.volumes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.provision.problem.ProvisionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFileTest {

    @TempDir
    private Path folder;

    @Test
    void whatIsMadeOnceIsReadFromThenOn() {
        Path file = folder.resolve(".provision/secrets/exchange-A");

        assertArrayEquals(SecretFile.readOrGenerate(file), SecretFile.readOrGenerate(file));
    }

    @Test
    void aFolderThatIsMadeForPasswordsIsKeptOutOfGit() throws IOException {
        SecretFile.readOrGenerate(folder.resolve(".provision/secrets/exchange-A"));

        assertEquals("*\n", Files.readString(folder.resolve(".provision/secrets/.gitignore")));
    }

    @Test
    void whereTheFullDiskLeftAnEmptyFileForGitItIsWrittenAllTheSame() throws IOException {
        Path ignored = Files.createFile(Files.createDirectory(folder.resolve("secrets")).resolve(".gitignore"));

        SecretFile.readOrGenerate(folder.resolve("secrets/okx"));

        assertEquals("*\n", Files.readString(ignored));
    }

    @Test
    void aPasswordInAnotherEncodingIsSaidToBe() throws IOException {
        Path file = Files.write(folder.resolve("exchange-A"), "caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

        ProvisionException e = assertThrows(ProvisionException.class, () -> SecretFile.read(file));

        assertEquals("the password file %s cannot be read: it is not UTF-8".formatted(file),
                e.problems().get(0).message());
    }

    @Test
    void aFolderThatStoodIsItsOwnersBusiness() {
        SecretFile.readOrGenerate(folder.resolve("exchange-A"));

        assertFalse(Files.exists(folder.resolve(".gitignore")));
    }
}
