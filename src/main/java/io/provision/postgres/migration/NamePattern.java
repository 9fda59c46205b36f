package io.provision.postgres.migration;

import io.provision.plan.MigrationResource.Placement;
import io.provision.postgres.Sql;

/**
 * What a name, or a glob with {@code *} and {@code ?}, asks for, in words that an index understands.
 *
 * @param name as it is asked for; of a glob all of it
 * @param like a glob as LIKE takes it
 * @param low where the names begin that a glob can match
 * @param high where they end
 */
record NamePattern(Route route, Kind kind, String name, String like, String low, String high) {

    enum Kind {
        /** A relation by its name. */
        NAME,
        /** Tables by a glob that begins with letters: the names are next to each other in the index. */
        RANGE,
        /** Tables by a glob that begins with a wildcard. */
        GLOB,
        /** A function without arguments, by its name. */
        CALL,
        /** A function by its name and its argument types. */
        FUNCTION,
        TYPE,
        STATISTICS
    }

    private static final String NO_ARGUMENTS = "()";

    static NamePattern of(Route route, String text) {
        if (text.chars().anyMatch(c -> c == '*' || c == '?')) {
            return glob(route, text);
        }
        return text.endsWith(NO_ARGUMENTS)
                ? exact(route, Kind.CALL, text.substring(0, text.length() - NO_ARGUMENTS.length()))
                : exact(route, Kind.NAME, text);
    }

    /** What was moved once: never a glob, whatever letters its name has. */
    static NamePattern of(Route route, Placement placement) {
        return exact(
                route,
                switch (placement.type()) {
                    case TYPE, DOMAIN -> Kind.TYPE;
                    case STATISTICS -> Kind.STATISTICS;
                    case FUNCTION -> Kind.FUNCTION;
                    default -> Kind.NAME;
                },
                placement.name());
    }

    private static NamePattern exact(Route route, Kind kind, String name) {
        return new NamePattern(route, kind, name, "", "", "");
    }

    /** Names are ordered byte by byte; only of ASCII is it known what comes next in every encoding. */
    private static NamePattern glob(Route route, String glob) {
        int end = 0;
        while (end < glob.length() && glob.charAt(end) < 0x7e && glob.charAt(end) != '*' && glob.charAt(end) != '?') {
            end++;
        }
        String low = glob.substring(0, end);
        String like = Sql.like(glob);
        return low.isEmpty()
                ? new NamePattern(route, Kind.GLOB, glob, like, "", "")
                : new NamePattern(route, Kind.RANGE, glob, like, low, next(low));
    }

    private static String next(String text) {
        int last = text.length() - 1;
        return text.substring(0, last) + (char) (text.charAt(last) + 1);
    }
}
