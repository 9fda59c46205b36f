package io.provision.build;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Links at build time what Java links when a program runs: lambdas, method references, and {@code equals},
 * {@code hashCode} and {@code toString} of records. Each costs a start some 0.1 ms, even with an archive of classes; a
 * class of its own, which an archive holds whole, a tenth of that. And reads picocli's annotations, of which each start
 * would make proxies.
 */
final class JarLinker {

    private static final String CLASS = ".class";

    private JarLinker() {}

    public static void main(String[] args) throws IOException {
        Path jar = Path.of(args[0]);
        Path draft = Path.of(args[0] + ".draft");
        Files.write(draft, written(linked(annotated(entries(jar)))));
        Files.move(draft, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private record Entry(LocalDateTime time, byte[] bytes) {}

    private static Map<String, Entry> entries(Path jar) throws IOException {
        Map<String, Entry> entries = new LinkedHashMap<>();
        try (InputStream file = Files.newInputStream(jar); ZipInputStream in = new ZipInputStream(file)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                entries.put(entry.getName(), new Entry(entry.getTimeLocal(), in.readAllBytes()));
            }
        }
        return entries;
    }

    /** Only where picocli is; it keeps the time that the first entry has. */
    private static Map<String, Entry> annotated(Map<String, Entry> entries) throws IOException {
        if (!entries.containsKey("picocli/CommandLine.class")) {
            return entries;
        }
        Map<String, byte[]> classes = new TreeMap<>();
        entries.forEach((name, entry) -> {
            if (isClass(name)) {
                classes.put(name.substring(0, name.length() - CLASS.length()), entry.bytes());
            }
        });
        Map<String, byte[]> written = new AnnotationTables(classes).written();
        try (InputStream lookup = JarLinker.class.getResourceAsStream("/" + AnnotationTables.LOOKUP + CLASS)) {
            written.put(AnnotationTables.LOOKUP, lookup.readAllBytes());
        }
        LocalDateTime time = entries.values().iterator().next().time();
        Map<String, Entry> annotated = new LinkedHashMap<>(entries);
        written.forEach((name, bytes) -> annotated.put(name + CLASS, new Entry(time, bytes)));
        return annotated;
    }

    private static boolean isClass(String name) {
        return name.endsWith(CLASS) && !name.startsWith("META-INF/");
    }

    private static Map<String, Entry> linked(Map<String, Entry> entries) {
        Map<String, Entry> linked = new LinkedHashMap<>();
        Map<String, List<String>> members = new TreeMap<>();
        entries.forEach((name, entry) -> {
            if (!isClass(name)) {
                linked.put(name, entry);
                return;
            }
            ClassLinker linker = new ClassLinker(entry.bytes());
            linked.put(name, new Entry(entry.time(), linker.linked()));
            linker.lambdas().forEach((lambda, bytes) -> {
                linked.put(lambda + CLASS, new Entry(entry.time(), bytes));
                members.computeIfAbsent(linker.nestHost(), any -> new ArrayList<>()).add(lambda);
            });
        });
        members.forEach((host, lambdas) -> linked.computeIfPresent(host + CLASS,
                (any, entry) -> new Entry(entry.time(), ClassLinker.withNestMembers(entry.bytes(), lambdas))));
        return linked;
    }

    private static byte[] written(Map<String, Entry> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, Entry> each : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(each.getKey());
                entry.setTimeLocal(each.getValue().time());
                out.putNextEntry(entry);
                out.write(each.getValue().bytes());
                out.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
