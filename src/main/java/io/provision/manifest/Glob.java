package io.provision.manifest;

/** A name of a table, or a pattern of names: {@code *} stands for any text, {@code ?} for one letter. */
record Glob(String pattern) {

    /** What every name that matches begins with. */
    String literalPrefix() {
        int end = 0;
        while (end < pattern.length() && !isWildcard(pattern.charAt(end))) {
            end++;
        }
        return pattern.substring(0, end);
    }

    /** Whether some name matches both: decided exactly, by walking both patterns together. */
    boolean meets(Glob other) {
        String a = pattern;
        String b = other.pattern;
        boolean[][] meets = new boolean[a.length() + 1][b.length() + 1];
        for (int i = a.length(); i >= 0; i--) {
            for (int j = b.length(); j >= 0; j--) {
                meets[i][j] = meets(meets, a, b, i, j);
            }
        }
        return meets[0][0];
    }

    private static boolean meets(boolean[][] meets, String a, String b, int i, int j) {
        boolean moreA = i < a.length();
        boolean moreB = j < b.length();
        if (!moreA && !moreB) {
            return true;
        }
        if (moreA && a.charAt(i) == '*') {
            return meets[i + 1][j] || moreB && meets[i][j + 1];
        }
        if (moreB && b.charAt(j) == '*') {
            return meets[i][j + 1] || moreA && meets[i + 1][j];
        }
        return moreA && moreB && meets[i + 1][j + 1]
                && (a.charAt(i) == b.charAt(j) || a.charAt(i) == '?' || b.charAt(j) == '?');
    }

    private static boolean isWildcard(char letter) {
        return letter == '*' || letter == '?';
    }
}
