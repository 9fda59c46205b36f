package io.provision.report;

/**
 * Lines of one text that others take the place of: from {@code from} until {@code to}, counted from 0, those of the
 * other text from {@code otherFrom} until {@code otherTo}. One of them may be none.
 */
record Delta(int from, int to, int otherFrom, int otherTo) {

    int gone() {
        return to - from;
    }

    int come() {
        return otherTo - otherFrom;
    }
}
