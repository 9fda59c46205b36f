package io.provision.cli;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** A text's bytes in UTF-8, some at a time: those of all would take as much memory again as the text. */
final class EncodedText implements Iterable<byte[]> {

    /** In characters. */
    private static final int LONGEST = 64 * 1024;

    private final List<String> text;

    /** @param text in pieces; one that ends within a pair of surrogates ends that character */
    EncodedText(List<String> text) {
        this.text = text;
    }

    @Override
    public Iterator<byte[]> iterator() {
        return new Encoding(text.iterator());
    }

    private static final class Encoding implements Iterator<byte[]> {

        private final Iterator<String> pieces;
        private String piece = "";
        private int next;

        Encoding(Iterator<String> pieces) {
            this.pieces = pieces;
        }

        @Override
        public boolean hasNext() {
            return next < piece.length() || pieces.hasNext();
        }

        @Override
        public byte[] next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            if (next == piece.length()) {
                piece = pieces.next();
                next = 0;
            }
            int end = Math.min(piece.length(), next + LONGEST);
            if (end < piece.length() && Character.isHighSurrogate(piece.charAt(end - 1))) {
                end--;
            }
            byte[] bytes = piece.substring(next, end).getBytes(StandardCharsets.UTF_8);
            next = end;
            return bytes;
        }
    }
}
