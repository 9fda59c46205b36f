package io.provision.postgres;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What every database gives PUBLIC, and a hardened one may not: the catalogs, the functions beside them, the language
 * of every database. The server has one code for all that it refuses, and names the object in its message alone.
 *
 * @param privilege with its object's kind, as a GRANT has them
 * @param name as it stands behind them
 */
record TakenFromPublic(String privilege, String name) {

    /** In a server that speaks English; in another language the message is all that there is to tell. */
    private static final Pattern REFUSED = Pattern.compile(
            "permission denied for (?<kind>table|view|relation|function|language|schema) \"?(?<name>\\w+)\"?.*");

    private static final Map<String, String> PRIVILEGES = Map.of(
            "table", "SELECT ON",
            "view", "SELECT ON",
            "relation", "SELECT ON",
            "function", "EXECUTE ON FUNCTION",
            "language", "USAGE ON LANGUAGE",
            "schema", "USAGE ON SCHEMA");

    /** Empty where it is no object of the server's own. */
    static Optional<TakenFromPublic> in(DatabaseFailure refusal) {
        Matcher refused = REFUSED.matcher(refusal.getMessage());
        return refused.matches() ? of(refused.group("kind"), refused.group("name")) : Optional.empty();
    }

    private static Optional<TakenFromPublic> of(String kind, String name) {
        String privilege = PRIVILEGES.get(kind);
        return switch (kind) {
            case "language" -> Optional.of(new TakenFromPublic(privilege, name));
            case "schema" -> Optional.of(new TakenFromPublic(privilege, name)).filter(t -> name.equals("pg_catalog"));
            // Of several with the name, the message does not say which.
            case "function" -> Optional.of(new TakenFromPublic(privilege, "pg_catalog." + name + "(…)"));
            default -> Optional.of(new TakenFromPublic(privilege, "pg_catalog." + name))
                    .filter(taken -> name.startsWith("pg_"));
        };
    }

    /** @param grantee as SQL has it */
    String grant(String grantee) {
        return "GRANT %s %s TO %s;".formatted(privilege, name, grantee);
    }
}
