package io.provision.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the licences of what is in the jar want told with it. */
class LicencesIT {

    /** Apache License 2.0, 4 (b). */
    @Test
    void picocliIsSaidToBeChanged() throws IOException {
        List<String> told = inTheJar("META-INF/NOTICE").lines().filter(line -> line.startsWith("picocli ")).toList();

        assertEquals(1, told.size());
        assertTrue(told.get(0).contains("has been changed"), told::toString);
    }

    /** Apache License 2.0, 4 (a). */
    @Test
    void itsOwnLicenceIsThereFirst() throws IOException {
        assertTrue(inTheJar("META-INF/LICENSE").startsWith(Files.readString(Path.of("LICENSE")).stripTrailing()));
    }

    @ParameterizedTest
    @CsvSource({
        "META-INF/LICENSE, 'Copyright (c) 1997, PostgreSQL Global Development Group'",
        "META-INF/LICENSE.txt, QOS.ch",
        "META-INF/NOTICE, 'Copyright (c) 2021-2025, Redis, inc.'",
        "META-INF/NOTICE, Tatu Saloranta",
        "META-INF/NOTICE, Apache Commons Pool"
    })
    void soIsWhoseTheLibrariesAre(String entry, String copyright) throws IOException {
        assertTrue(inTheJar(entry).contains(copyright), entry);
    }

    private static String inTheJar(String entry) throws IOException {
        try (JarFile jar = new JarFile(PackagedCommand.DISTRIBUTION.resolve("provision.jar").toFile());
                InputStream in = jar.getInputStream(jar.getJarEntry(entry))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
