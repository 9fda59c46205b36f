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
 * Where the test servers of one JVM keep their data, one folder a JVM: in memory where Linux has a file system there
 * with room for it, as a database is three hundred files and a quarter of what its tests cost was to make and remove
 * them on a disk; else below {@code target/}. A JVM that was killed could not stop its servers: a {@link ServerWatch}
 * does, and the next one deletes what they left.
 */
final class TestFolder {

    /** Some 7 MB a database and hundreds of them in each JVM; containers often have 64 MB there. */
    private static final long ROOM = 12L << 30;
    private static final Path DISK = Path.of("target", "test-servers").toAbsolutePath();
    private static final Path IN_MEMORY =
            Memory.FOLDER.resolve("provision-test-servers-" + System.getProperty("user.name"));
    private static final Path OWN = choose().resolve(Long.toString(ProcessHandle.current().pid()));
    private static final AtomicInteger COUNT = new AtomicInteger();

    static {
        ServerWatch.over(OWN + "/");
    }

    private TestFolder() {
    }

    private static Path choose() {
        if (Memory.withRoomFor(ROOM).isEmpty()) {
            return DISK;
        }
        try {
            return Files.createDirectories(IN_MEMORY);
        } catch (IOException refused) {
            return DISK;
        }
    }

    /** A server on a fresh folder, stopped and deleted when the JVM ends. */
    static <S extends EmbeddedServer> S start(String name, Function<Path, S> server) {
        Path folder = OWN.resolve(name + "-" + COUNT.incrementAndGet());
        try {
            Files.createDirectories(OWN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        S made = server.apply(folder);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            made.stop();
            delete(folder);
            // Goes with the last of its servers.
            OWN.toFile().delete();
        }));
        made.start();
        return made;
    }

    /** Folders of this kind of server whose JVM is gone. */
    static List<Path> abandoned(String name) {
        return Stream.of(DISK, IN_MEMORY)
                .filter(Files::isDirectory)
                .flatMap(all -> abandoned(all, name))
                .toList();
    }

    private static Stream<Path> abandoned(Path all, String name) {
        try (Stream<Path> folders = Files.list(all)) {
            return folders
                    .filter(folder -> isGone(Long.parseLong(folder.getFileName().toString())))
                    .flatMap(TestFolder::children)
                    .filter(folder -> folder.getFileName().toString().startsWith(name + "-"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether no JVM has this number: one that was killed, and that nobody has buried, runs no program any more. */
    static boolean isGone(long jvm) {
        return ProcessHandle.of(jvm)
                .flatMap(process -> process.info().command())
                .filter(program -> Path.of(program).getFileName().toString().startsWith("java"))
                .isEmpty();
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
