package io.provision.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The SQL that gives a provisioning login the least it needs ({@code postgres.md}, head and "Facts seen on servers").
 * Every statement may be run again. Pure: looks nothing up, so what depends on the server is a query that names the
 * grants which are missing there.
 *
 * @param login the login's name
 * @param database empty for the one that the script is run in
 * @param roles the roles of the manifest's instances
 * @param schemas the schemas of the manifest's instances, legacy ones too
 * @param tables names and globs of what moves out of {@code public}, as {@code migrate.tables} has them
 */
public record LoginGrants(
        String login, Optional<String> database, List<String> roles, List<String> schemas, List<String> tables) {

    private static final int LINE = 100;

    /**
     * @param sql a statement, with its semicolon
     * @param why as a sentence
     */
    public record Statement(String sql, String why, Kind kind) {}

    /** Whether a statement grants, or names the grants that are missing, or grants what one can do without. */
    public enum Kind { NEEDED, ASKS, OPTIONAL }

    public LoginGrants {
        Objects.requireNonNull(login, "login");
        Objects.requireNonNull(database, "database");
        roles = roles.stream().distinct().sorted().toList();
        schemas = schemas.stream().distinct().sorted().toList();
        tables = tables.stream().distinct().sorted().toList();
    }

    /** In the order in which they are run. */
    public List<Statement> statements() {
        List<Statement> statements = new ArrayList<>();
        statements.add(new Statement(createLogin(), "The login, where it is not there yet. It gets no password here: "
                + "give it one with psql's \\password, which sends only a verifier.", Kind.NEEDED));
        statements.add(new Statement("ALTER ROLE %s LOGIN CREATEROLE;".formatted(Sql.identifier(login)),
                "It makes the instances' roles. CREATEROLE, not SUPERUSER.", Kind.NEEDED));
        statements.add(new Statement(onDatabase(), "It connects, and makes schemas: the instances' and the journal's.",
                Kind.NEEDED));
        if (!tables.isEmpty()) {
            statements.add(new Statement(
                    "GRANT USAGE, CREATE ON SCHEMA public TO %s;".formatted(Sql.identifier(login)),
                    "Tables move out of public. CREATE is for the way back: without it the move is refused.",
                    Kind.NEEDED));
            statements.add(new Statement(movingOwners(), "A table is moved by its owner only. This names the grants "
                    + "that are missing; run the lines that it prints.", Kind.ASKS));
        }
        if (!roles.isEmpty()) {
            statements.add(new Statement(adoptedRoles(), "Roles that stand already are adopted, which takes ADMIN on "
                    + "them from PostgreSQL 16 on. This names the grants that are missing; run the lines that it "
                    + "prints.", Kind.ASKS));
        }
        if (!schemas.isEmpty()) {
            statements.add(new Statement(adoptedSchemas(), "Schemas that stand already are adopted, which takes "
                    + "membership in their owners and in those of what stands in them. This names the grants that are "
                    + "missing; run the lines that it prints.", Kind.ASKS));
        }
        statements.add(new Statement("GRANT pg_read_all_stats TO %s;".formatted(Sql.identifier(login)),
                "Shows who holds a lock that a move waits for; without it only that somebody does.", Kind.OPTIONAL));
        return List.copyOf(statements);
    }

    /** The statements as a script, each under its reason, the optional ones commented out. */
    public String script() {
        StringBuilder script = new StringBuilder("-- What the provisioning login " + Sql.identifier(login)
                + " needs, and no more.\n-- Run by a superuser, or by a managed service's administrator, "
                + database.map(name -> "in the database " + Sql.identifier(name)).orElse("in the database to provision")
                + ".\n-- It may be run again.\n");
        for (Statement statement : statements()) {
            boolean optional = statement.kind() == Kind.OPTIONAL;
            script.append('\n').append(comment((optional ? "Optional. " : "") + statement.why()))
                    .append(optional ? statement.sql().replaceAll("(?m)^", "-- ") : statement.sql()).append('\n');
        }
        return script.toString();
    }

    private static String comment(String sentence) {
        StringBuilder comment = new StringBuilder("--");
        int column = comment.length();
        for (String word : sentence.split(" ")) {
            if (column + 1 + word.length() > LINE) {
                comment.append("\n--");
                column = 2;
            }
            comment.append(' ').append(word);
            column += 1 + word.length();
        }
        return comment.append('\n').toString();
    }

    private String createLogin() {
        return block("""
                BEGIN
                    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = %s) THEN
                        CREATE ROLE %s LOGIN CREATEROLE;
                    END IF;
                END
                """.formatted(Sql.literal(login), Sql.identifier(login)));
    }

    private String onDatabase() {
        return database
                .map(name -> "GRANT CONNECT, CREATE ON DATABASE %s TO %s;"
                        .formatted(Sql.identifier(name), Sql.identifier(login)))
                .orElseGet(() -> block("""
                        BEGIN
                            EXECUTE pg_catalog.format('GRANT CONNECT, CREATE ON DATABASE %%I TO %%I',
                                pg_catalog.current_database(), %s);
                        END
                        """.formatted(Sql.literal(login))));
    }

    private static String block(String body) {
        String tag = "$grants$";
        while (body.contains(tag)) {
            tag = tag.substring(0, tag.length() - 1) + "_$";
        }
        return "DO " + tag + "\n" + body + tag + ";";
    }

    /** What {@code migrate.tables} names: a glob finds tables, a name any relation, one with {@code ()} a function. */
    private String movingOwners() {
        List<String> globs = tables.stream().filter(LoginGrants::isGlob).map(Sql::like).toList();
        List<String> functions = tables.stream()
                .filter(name -> name.endsWith("()"))
                .map(name -> name.substring(0, name.length() - 2))
                .toList();
        List<String> names = tables.stream().filter(name -> !isGlob(name) && !name.endsWith("()")).toList();
        return """
                SELECT DISTINCT CASE WHEN o.rolsuper
                    THEN pg_catalog.format('-- nobody should be a member of the superuser %%I: '
                        'ALTER %%s OWNER TO another role', o.rolname, w.object)
                    ELSE pg_catalog.format('GRANT %%I TO %%I;', o.rolname, %1$s) END
                FROM (
                    SELECT relowner, pg_catalog.format('TABLE public.%%I', relname)
                    FROM pg_catalog.pg_class
                    WHERE relnamespace = 'public'::pg_catalog.regnamespace
                      AND (relkind IN ('r', 'p', 'f') AND relname LIKE ANY (ARRAY[%2$s]::text[])
                        OR relkind IN ('r', 'p', 'f', 'v', 'm', 'S') AND relname = ANY (ARRAY[%3$s]::text[]))
                    UNION ALL
                    SELECT proowner, pg_catalog.format('FUNCTION public.%%I()', proname)
                    FROM pg_catalog.pg_proc
                    WHERE pronamespace = 'public'::pg_catalog.regnamespace
                      AND pronargs = 0
                      AND proname = ANY (ARRAY[%4$s]::text[])
                ) w (owner, object)
                JOIN pg_catalog.pg_roles o ON o.oid = w.owner
                WHERE NOT pg_catalog.pg_has_role(%1$s, o.oid, 'MEMBER')
                ORDER BY 1;"""
                .formatted(Sql.literal(login), Sql.literals(globs), Sql.literals(names), Sql.literals(functions));
    }

    private static boolean isGlob(String name) {
        return name.contains("*") || name.contains("?");
    }

    private String adoptedRoles() {
        return """
                SELECT pg_catalog.format('GRANT %%I TO %%I WITH ADMIN OPTION;', r.rolname, %1$s)
                FROM pg_catalog.pg_roles r
                WHERE r.rolname IN (%2$s)
                  AND NOT r.rolsuper
                  AND pg_catalog.current_setting('server_version_num')::int >= 160000
                  AND NOT pg_catalog.pg_has_role(%1$s, r.oid, 'MEMBER WITH ADMIN OPTION');"""
                .formatted(Sql.literal(login), Sql.literals(roles));
    }

    private String adoptedSchemas() {
        return """
                SELECT DISTINCT CASE WHEN o.rolsuper
                    THEN pg_catalog.format('-- nobody should be a member of the superuser %%I: '
                        'give what it owns in %%I to another role', o.rolname, n.nspname)
                    ELSE pg_catalog.format('GRANT %%I TO %%I;', o.rolname, %1$s) END
                FROM (
                    SELECT oid, nspowner
                    FROM pg_catalog.pg_namespace
                    UNION
                    SELECT relnamespace, relowner
                    FROM pg_catalog.pg_class
                    UNION
                    SELECT pronamespace, proowner
                    FROM pg_catalog.pg_proc
                ) w (schema, owner)
                JOIN pg_catalog.pg_namespace n ON n.oid = w.schema
                JOIN pg_catalog.pg_roles o ON o.oid = w.owner
                WHERE n.nspname IN (%2$s)
                  AND NOT pg_catalog.pg_has_role(%1$s, o.oid, 'MEMBER');"""
                .formatted(Sql.literal(login), Sql.literals(schemas));
    }
}
