package io.provision.report;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * The lines of a file, one after the other. Each has its end with it, which the last one may lack; what is no UTF-8
 * is replaced, as wherever Java reads.
 */
final class LineReader {

    /** In bytes. */
    private static final int PIECE = 64 * 1024;

    private final Optional<ReadableByteChannel> file;
    private byte[] bytes = new byte[0];
    private int start;
    private int end;

    LineReader(ReadableByteChannel file) {
        this.file = Optional.of(file);
    }

    /** Of a file that is missing. */
    LineReader() {
        this.file = Optional.empty();
    }

    Optional<String> next() throws IOException {
        int stop = endOfLine(0);
        while (stop < 0) {
            int looked = end - start;
            stop = readMore() ? endOfLine(looked) : end;
        }
        if (stop == start) {
            return Optional.empty();
        }
        String line = new String(bytes, start, stop - start, StandardCharsets.UTF_8);
        start = stop;
        return Optional.of(line);
    }

    /**
     * @param looked so many bytes have been looked at before
     * @return where the next line ends; negative where that has not been read yet
     */
    private int endOfLine(int looked) {
        for (int i = start + looked; i < end; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    private boolean readMore() throws IOException {
        if (file.isEmpty()) {
            return false;
        }
        makeRoom();
        int read = file.get().read(ByteBuffer.wrap(bytes, end, PIECE));
        end += Math.max(0, read);
        return read >= 0;
    }

    /** Of a long line, what has been read is moved as often as it doubles. */
    private void makeRoom() {
        if (bytes.length - end >= PIECE) {
            return;
        }
        int left = end - start;
        byte[] room = bytes.length - left >= PIECE ? bytes : new byte[Math.max(2 * bytes.length, left + PIECE)];
        System.arraycopy(bytes, start, room, 0, left);
        bytes = room;
        start = 0;
        end = left;
    }
}
