package io.provision.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;

/** A standard stream that remembers why it could not be written to, where a {@code PrintWriter} forgets it. */
final class StandardStream extends OutputStream {

    private final OutputStream target;
    private final String number;
    private IOException failure;

    /** @param number the descriptor's number, as {@code /proc/self/fd} has it */
    StandardStream(FileDescriptor descriptor, String number) {
        this.target = new FileOutputStream(descriptor);
        this.number = number;
    }

    Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Whether writing failed because nobody reads any more; the system's words for that depend on its locale. */
    boolean closedPipe() {
        return failure != null && (Descriptors.isPipe(number)
                || String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("pipe"));
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            target.write(bytes, offset, length);
        } catch (IOException e) {
            failure = failure == null ? e : failure;
            throw e;
        }
    }
}
