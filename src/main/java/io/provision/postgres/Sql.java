package io.provision.postgres;

import io.provision.plan.PostgresResource;
import java.util.Collection;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** The one place where identifiers and literals are quoted (manual, section 4.1 "Lexical Structure"). */
public final class Sql {

    private Sql() {}

    /** @throws IllegalArgumentException when the name has a NUL, which no identifier can have */
    public static String identifier(String name) {
        refuseNul(name.indexOf('\0'));
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    public static String identifiers(Collection<String> names) {
        StringJoiner identifiers = new StringJoiner(", ");
        for (String name : names) {
            identifiers.add(identifier(name));
        }
        return identifiers.toString();
    }

    /** A name inside a schema. */
    public static String qualified(String schema, String name) {
        return identifier(schema) + "." + identifier(name);
    }

    /** Whom something is granted to, or taken from: {@link PostgresResource#PUBLIC} is a word, and no name. */
    public static String grantee(String role) {
        return role.equals(PostgresResource.PUBLIC) ? "PUBLIC" : identifier(role);
    }

    /** Right whatever {@code standard_conforming_strings} says. */
    public static String literal(String text) {
        StringBuilder sql = new StringBuilder(text.length() + 2).append(text);
        quote(sql, 0);
        return sql.toString();
    }

    /**
     * Makes a literal of what stands in a statement from a place on. Most of it needs no more than quotes around it,
     * and is not copied once more.
     */
    public static void quote(StringBuilder sql, int from) {
        refuseNul(sql.indexOf("\0", from));
        boolean escaped = sql.indexOf("\\", from) >= 0;
        if (escaped || sql.indexOf("'", from) >= 0) {
            String text = sql.substring(from);
            sql.setLength(from);
            sql.append(text.replace("\\", "\\\\").replace("'", "''"));
        }
        sql.insert(from, escaped ? "E'" : "'").append('\'');
    }

    static String literals(Collection<String> texts) {
        return texts.stream().map(Sql::literal).collect(Collectors.joining(", "));
    }

    /** A glob with {@code *} and {@code ?}, as LIKE takes it. */
    public static String like(String glob) {
        return glob.replaceAll("([\\\\%_])", "\\\\$1").replace('*', '%').replace('?', '_');
    }

    private static void refuseNul(int place) {
        if (place >= 0) {
            throw new IllegalArgumentException("PostgreSQL takes no NUL");
        }
    }
}
