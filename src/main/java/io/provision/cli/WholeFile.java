package io.provision.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** Writes a file whole or not at all: others may read it at any moment. */
final class WholeFile {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final Pattern DRAFT = Pattern.compile("\\.provision\\d+\\.draft");

    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rw-r--r--");
    private static final FileAttribute<Set<PosixFilePermission>> OWN =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private static final List<Path> SYSTEMS = List.of(Path.of("/dev"), Path.of("/proc"));
    /** An ordinary file system, though it stands among devices. */
    private static final Path MEMORY = Path.of("/dev/shm");

    private static final Set<StandardOpenOption> NEW =
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    /** In bytes. */
    private static final int PIECE = 64 * 1024;

    private WholeFile() {}

    /** Writes itself to a file that is open. */
    private interface Content {
        void to(WritableByteChannel open) throws IOException;
    }

    /**
     * Readable for everybody: whoever collects it is another user as a rule. It must not hold a secret. What is no
     * file, such as {@code /dev/null} or a pipe, is written to: root would put a file in its place.
     */
    static void replace(Path file, String text) throws IOException {
        replace(file, List.of(text));
    }

    /** @param text in pieces, of which no more than is being written stands in memory a second time */
    static void replace(Path file, List<String> text) throws IOException {
        if (isTheSystems(file) || Files.exists(file) && !Files.isRegularFile(file)) {
            Files.writeString(file, String.join("", text));
            return;
        }
        Path draft = draftOf(file);
        replace(Files.newByteChannel(draft, NEW, OWN), draft, file, pieces(text), READABLE);
    }

    /** @param text is told where to, so that no more of it stands in memory than it takes to write it */
    static void replace(Path file, Consumer<Writer> text) throws IOException {
        if (isTheSystems(file) || Files.exists(file) && !Files.isRegularFile(file)) {
            try (Writer open = Files.newBufferedWriter(file)) {
                write(text, open);
            }
            return;
        }
        Path draft = draftOf(file);
        replace(Files.newByteChannel(draft, NEW, OWN), draft, file, open -> {
            Writer writer = Channels.newWriter(open, StandardCharsets.UTF_8);
            write(text, writer);
            writer.flush();
        }, READABLE);
    }

    private static void write(Consumer<Writer> text, Writer to) throws IOException {
        try {
            text.accept(to);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Where what is to be put in the place of a file or folder is written first. The system's own generator of random
     * names takes as long as to write a small file. Whoever guesses this one wins nothing: the draft is made here, or
     * not at all.
     */
    static Path draftOf(Path place) {
        return place.resolveSibling(
                ".provision" + Long.toUnsignedString(ThreadLocalRandom.current().nextLong()) + ".draft");
    }

    /** Whether it is called as a draft is. */
    static boolean isDraft(Path path) {
        return DRAFT.matcher(path.getFileName().toString()).matches();
    }

    /** For a folder that nobody reads yet; as {@link #replace} but for that. */
    static void create(Path file, List<String> text) throws IOException {
        fill(Files.newByteChannel(file, NEW, OWN), file, pieces(text), READABLE);
    }

    /** {@code /dev/stdout} leads to a file where a shell has redirected it, and must stay a link. */
    private static boolean isTheSystems(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        return SYSTEMS.stream().anyMatch(absolute::startsWith) && !absolute.startsWith(MEMORY)
                && Files.exists(absolute);
    }

    /**
     * Changes what a person wrote: a link stays one; permissions, owner and a byte order mark stay.
     *
     * @param before the text that it was changed from
     * @return false where somebody else has changed it meanwhile; it is as that one left it then
     */
    static boolean change(Path file, String before, String text) throws IOException {
        Path real = file.toRealPath();
        String now = Files.readString(real);
        String mark = now.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
        if (!now.equals(mark + before)) {
            return false;
        }
        Path draft = Files.createTempFile(real.getParent(), ".provision", ".draft");
        keepOwner(real, draft);
        replace(Files.newByteChannel(draft, StandardOpenOption.WRITE), draft, real,
                pieces(List.of(mark + text)),
                Files.getPosixFilePermissions(real));
        return true;
    }

    /** Who may not give a file away, as all but root, owns it from now on. */
    private static void keepOwner(Path file, Path draft) {
        try {
            PosixFileAttributes was = Files.readAttributes(file, PosixFileAttributes.class);
            PosixFileAttributeView own = Files.getFileAttributeView(draft, PosixFileAttributeView.class);
            own.setGroup(was.group());
            own.setOwner(was.owner());
        } catch (IOException refused) {
            return;
        }
    }

    /** @param open the draft, opened once: of a thousand small files, each system call counts */
    private static void replace(
            WritableByteChannel open, Path draft, Path file, Content text, Set<PosixFilePermission> permissions)
            throws IOException {
        boolean replaced = false;
        try {
            fill(open, draft, text, permissions);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            replaced = true;
        } finally {
            if (!replaced) {
                Files.deleteIfExists(draft);
            }
        }
    }

    private static void fill(
            WritableByteChannel open, Path file, Content text, Set<PosixFilePermission> permissions)
            throws IOException {
        try (open) {
            text.to(open);
        }
        Files.setPosixFilePermissions(file, permissions);
    }

    private static Content pieces(List<String> text) {
        return open -> {
            for (byte[] bytes : new EncodedText(text)) {
                write(bytes, open);
            }
        };
    }

    /** In pieces: Java copies each to memory outside of its heap, and keeps that. */
    private static void write(byte[] bytes, WritableByteChannel open) throws IOException {
        ByteBuffer all = ByteBuffer.wrap(bytes);
        while (all.hasRemaining()) {
            ByteBuffer piece = all.slice(all.position(), Math.min(PIECE, all.remaining()));
            all.position(all.position() + open.write(piece));
        }
    }
}
