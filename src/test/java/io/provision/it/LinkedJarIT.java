package io.provision.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;

/** What the build does to the jar, so that nothing is linked at each start ({@code src/build}). */
class LinkedJarIT {

    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir
    private Path folder;

    @Test
    void noneOfOurClassesIsLinkedAtRunTime() throws IOException {
        assertEquals(List.of(), linkedLate(PackagedCommand.DISTRIBUTION.resolve("provision.jar")));
    }

    @Test
    void whatIsLinkedBeforehandDoesTheSame() throws IOException, URISyntaxException {
        Path jar = jarOf(LinkingSample.class);
        Ended before = run("-cp", jar.toString(), LinkingSample.class.getName()).expect(0);
        assertNotEquals(List.of(), linkedLate(jar));

        run("-cp", linker(), "io.provision.build.JarLinker", jar.toString()).expect(0);

        assertEquals(List.of(), linkedLate(jar));
        Ended after = run("-Xverify:all", "-cp", jar.toString(), LinkingSample.class.getName()).expect(0);
        assertEquals(before.out(), after.out());
    }

    @Test
    void noAnnotationIsReadThroughAProxy() throws IOException {
        Project project = Project.exchanges(folder.resolve("project"), "A");

        Ended loading = project.command().with("PROVISION_JAVA_OPTS", "-Xlog:class+load").run("derive").expect(0);

        assertEquals(List.of(), loading.out().lines().filter(line -> line.contains("$Proxy")).toList());
    }

    /** The manual has every option with its words, so that one that was left out, or read otherwise, would tell. */
    @Test
    void annotationsThatWereReadBeforehandSayTheSame() throws IOException {
        Path jar = PackagedCommand.DISTRIBUTION.resolve("provision.jar");
        String main = "io.provision.cli.Main";
        run("-Xverify:all", "-cp", jar.toString(), main, "write-docs", "read-beforehand").expect(0);
        run("-cp", System.getProperty("java.class.path"), main, "write-docs", "read-at-run-time").expect(0);

        assertEquals(texts(folder.resolve("read-at-run-time")), texts(folder.resolve("read-beforehand")));
    }

    private static Map<String, String> texts(Path in) throws IOException {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(in)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.put(in.relativize(file).toString(), Files.readString(file));
            }
        }
        assertNotEquals(Map.of(), texts);
        return texts;
    }

    private Ended run(String... arguments) {
        return PackagedCommand.in(folder).as(JAVA).run(arguments);
    }

    private static String linker() throws URISyntaxException {
        Path asm = Path.of(ClassReader.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        return PackagedCommand.DISTRIBUTION.resolveSibling("build-classes") + File.pathSeparator + asm;
    }

    private Path jarOf(Class<?> sample) throws IOException, URISyntaxException {
        Path classes = Path.of(sample.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path jar = folder.resolve("sample.jar");
        Path beside = classes.resolve(sample.getPackageName().replace('.', '/'));
        try (Stream<Path> files = Files.list(beside);
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            List<Path> own = files
                    .filter(file -> file.getFileName().toString().startsWith(sample.getSimpleName()))
                    .toList();
            for (Path file : own) {
                out.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
                Files.copy(file, out);
            }
        }
        return jar;
    }

    /** Those that name what Java has link a lambda, or a record's method. */
    private static List<String> linkedLate(Path jar) throws IOException {
        try (JarFile entries = new JarFile(jar.toFile())) {
            return entries.stream()
                    .filter(entry -> entry.getName().startsWith("io/provision/"))
                    .filter(entry -> entry.getName().endsWith(".class"))
                    .filter(entry -> {
                        String text = text(entries, entry);
                        return text.contains("java/lang/invoke/LambdaMetafactory")
                                || text.contains("java/lang/runtime/ObjectMethods");
                    })
                    .map(JarEntry::getName)
                    .toList();
        }
    }

    private static String text(JarFile jar, JarEntry entry) {
        try (InputStream in = jar.getInputStream(entry)) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
