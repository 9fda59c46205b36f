package io.provision.postgres;

import io.provision.plan.PostgresResource;
import java.util.Collection;
import java.util.stream.Collectors;

/** The one place where identifiers and literals are quoted (manual, section 4.1 "Lexical Structure"). */
public final class Sql {

    private Sql() {}

    /** @throws IllegalArgumentException when the name has a NUL, which no identifier can have */
    public static String identifier(String name) {
        refuseNul(name);
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    public static String identifiers(Collection<String> names) {
        return names.stream().map(Sql::identifier).collect(Collectors.joining(", "));
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
        refuseNul(text);
        String quoted = "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
        return text.indexOf('\\') < 0 ? quoted : "E" + quoted;
    }

    public static String literals(Collection<String> texts) {
        return texts.stream().map(Sql::literal).collect(Collectors.joining(", "));
    }

    /** A glob with {@code *} and {@code ?}, as LIKE takes it. */
    public static String like(String glob) {
        return glob.replaceAll("([\\\\%_])", "\\\\$1").replace('*', '%').replace('?', '_');
    }

    private static void refuseNul(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("PostgreSQL takes no NUL");
        }
    }
}
