package io.provision.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keeps everybody from looking into a folder, root as well, to whom modes mean nothing: a symbolic link that leads to
 * itself stands in its place until the barrier is taken away.
 */
public final class Barrier implements AutoCloseable {

    private final Path folder;
    private final Path aside;

    private Barrier(Path folder) {
        this.folder = folder;
        this.aside = folder.resolveSibling(folder.getFileName() + "-aside");
    }

    public static Barrier at(Path folder) throws IOException {
        Barrier barrier = new Barrier(folder);
        Files.move(folder, barrier.aside);
        Files.createSymbolicLink(folder, folder);
        return barrier;
    }

    @Override
    public void close() throws IOException {
        Files.delete(folder);
        Files.move(aside, folder);
    }
}
