package io.provision.volumes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.provision.problem.ProvisionException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"/dev/zero", "nul", "endless"})
    void whatGoesOnOrHasANulIsNoPassword(String name) throws IOException {
        assumeTrue(Files.exists(Path.of("/dev/zero")), "no /dev/zero here");
        Files.writeString(folder.resolve("nul"), "a\0b\n");
        Files.writeString(folder.resolve("endless"), "a".repeat(100_000));
        Path file = folder.resolve(name);

        ProvisionException e = assertThrows(ProvisionException.class, () -> SecretFile.read(file));

        assertEquals("the password file %s holds no password: what is in its first line has a NUL, or no end"
                .formatted(file), e.problems().get(0).message());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b ", "a b \n", "a b \r\nmore", "a b \n\u0000"})
    void itsFirstLineIsThePassword(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("exchange-A"), text);

        assertArrayEquals("a b ".toCharArray(), SecretFile.read(file));
    }

    @Test
    void aFolderThatStoodIsItsOwnersBusiness() {
        SecretFile.readOrGenerate(folder.resolve("exchange-A"));

        assertFalse(Files.exists(folder.resolve(".gitignore")));
    }
}
