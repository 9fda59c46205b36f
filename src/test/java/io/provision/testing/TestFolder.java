package io.provision.testing;

import io.provision.embedded.EmbeddedServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Where the test servers of one JVM keep their data: below {@code target/}, one folder a JVM. A JVM that was killed
 * could not stop its servers; the next one does.
 */
final class TestFolder {

    private static final Path ALL = Path.of("target", "test-servers").toAbsolutePath();
    private static final AtomicInteger COUNT = new AtomicInteger();

    private TestFolder() {
    }

    /** A server on a fresh folder, stopped and deleted when the JVM ends. */
    static <S extends EmbeddedServer> S start(String name, Function<Path, S> server) {
        Path own = ALL.resolve(Long.toString(ProcessHandle.current().pid()));
        Path folder = own.resolve(name + "-" + COUNT.incrementAndGet());
        try {
            Files.createDirectories(own);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        S made = server.apply(folder);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            made.stop();
            delete(folder);
            // Goes with the last of its servers.
            own.toFile().delete();
        }));
        made.start();
        return made;
    }

    /** Folders of this kind of server whose JVM is gone. */
    static List<Path> abandoned(String name) {
        if (!Files.isDirectory(ALL)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(ALL)) {
            return folders
                    .filter(folder -> ProcessHandle.of(Long.parseLong(folder.getFileName().toString())).isEmpty())
                    .flatMap(TestFolder::children)
                    .filter(folder -> folder.getFileName().toString().startsWith(name + "-"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> children(Path folder) {
        try (Stream<Path> children = Files.list(folder)) {
            return children.toList().stream();
        } catch (IOException otherWasQuicker) {
            return Stream.of();
        }
    }

    static void delete(Path folder) {
        try (Stream<Path> tree = Files.walk(folder)) {
            tree.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        } catch (IOException | UncheckedIOException otherWasQuicker) {
            return;
        }
    }
}
