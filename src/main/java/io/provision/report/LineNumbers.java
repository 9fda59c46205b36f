package io.provision.report;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Numbers for the lines of two texts, of which one stands in memory: lines that read the same have the same number.
 * It is that of the first such line in the text in memory, so that no line needs to be kept a second time.
 */
final class LineNumbers {

    /** A line that does not stand in the text in memory. */
    static final int UNKNOWN = -1;

    private final LinesInMemory lines;
    private final int[] own;

    /** By the hashes of lines; open addressing. A number is one more here, so that 0 is a place that is free. */
    private final int[] table;
    /** Of each line that is the first of its kind. */
    private final int[] hashes;

    LineNumbers(LinesInMemory lines) {
        this.lines = lines;
        this.own = new int[lines.size()];
        this.table = new int[lines.size() + lines.size() / 2 + 1];
        this.hashes = new int[lines.size()];
        for (int i = 0; i < own.length; i++) {
            String line = lines.line(i);
            int place = place(line);
            if (table[place] == 0) {
                table[place] = i + 1;
                hashes[i] = line.hashCode();
            }
            own[i] = table[place] - 1;
        }
    }

    /** Of the text in memory. */
    int[] own() {
        return own;
    }

    /** Of the other one. */
    int[] of(LineReader other) throws IOException {
        int[] numbers = new int[Math.max(16, own.length)];
        int size = 0;
        for (Optional<String> line = other.next(); line.isPresent(); line = other.next()) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, size + size / 2);
            }
            numbers[size] = table[place(line.get())] - 1;
            size++;
        }
        return Arrays.copyOf(numbers, size);
    }

    /** Where in the table a line is, or would be. */
    private int place(String line) {
        int hash = line.hashCode();
        // Hashes of lines that differ in their last digits follow each other: multiplied, they are spread.
        long spread = hash * 0x9E3779B9L & 0xFFFF_FFFFL;
        int place = (int) (spread * table.length >>> Integer.SIZE);
        while (table[place] != 0 && !isAt(place, line, hash)) {
            place = place + 1 == table.length ? 0 : place + 1;
        }
        return place;
    }

    private boolean isAt(int place, String line, int hash) {
        int number = table[place] - 1;
        return hashes[number] == hash && lines.reads(number, line);
    }
}
