package io.provision.postgres;

import io.provision.plan.SqlScript;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;

/** The text of a {@code sql:} file: its placeholders, its statements, and what it must not say. */
final class ScriptText {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z_]+)(:literal)?}");
    private static final Set<String> KNOWN = Set.of("schema", "role", "instance", "service");

    /** White space and comments before a statement's first word. */
    private static final Pattern BEFORE_STATEMENT =
            Pattern.compile("\\A(?:\\s+|--[^\\n]*(?:\\n|\\z)|/\\*(?:[^*]|\\*(?!/))*\\*/)*+");

    /** A file runs inside the instance's transaction, as the schema's owner; it must not end one or drop the other. */
    private static final Pattern FORBIDDEN = Pattern.compile(
            "(?:BEGIN|START\\s+TRANSACTION|COMMIT|END|ROLLBACK|ABORT|PREPARE\\s+TRANSACTION|SAVEPOINT|RELEASE"
                    + "|SET\\s+(?:LOCAL\\s+|SESSION\\s+)?(?:ROLE|SESSION\\s+AUTHORIZATION)"
                    + "|RESET\\s+(?:ROLE|ALL|SESSION)|DISCARD)\\b.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private ScriptText() {}

    /** Faults that can be told without a server. */
    static List<String> faults(SqlScript script) {
        List<String> faults = new ArrayList<>();
        if (script.text().indexOf('\0') >= 0) {
            faults.add("the file has a NUL, which PostgreSQL does not take; was it saved as UTF-8?");
        }
        Matcher placeholder = PLACEHOLDER.matcher(script.text());
        while (placeholder.find()) {
            if (!KNOWN.contains(placeholder.group(1))) {
                faults.add("%s is no placeholder; there are ${schema}, ${role}, ${instance}, ${service}, each also as "
                                .formatted(placeholder.group())
                        + "${…:literal}");
            }
        }
        for (String statement : statements(script.text())) {
            if (FORBIDDEN.matcher(statement).matches()) {
                faults.add("`%s` must not stand in a file that runs inside the instance's transaction, as its role"
                        .formatted(firstLine(statement)));
            } else if (statement.startsWith("\\")) {
                faults.add("`%s` is a command of psql, not SQL".formatted(firstLine(statement)));
            }
        }
        return faults;
    }

    /** Placeholders become the quoted identifier, or with {@code :literal} the quoted literal, everywhere. */
    static String filled(SqlScript script, ScriptContext context) {
        if (!script.text().contains("${")) {
            return script.text();
        }
        Map<String, String> values = context.placeholders();
        return PLACEHOLDER.matcher(script.text()).replaceAll(match -> {
            String value = values.get(match.group(1));
            return Matcher.quoteReplacement(match.group(2) == null ? Sql.identifier(value) : Sql.literal(value));
        });
    }

    /** The statements of a text, each without what stands before its first word. */
    static List<String> statements(String text) {
        try {
            // The driver's own splitter: it knows dollar quotes, nested comments, and bodies in BEGIN ATOMIC.
            return Parser.parseJdbcSql(text, true, false, true, false, false).stream()
                    .map((NativeQuery query) -> BEFORE_STATEMENT.matcher(query.nativeSql).replaceFirst("").strip())
                    .filter(statement -> !statement.isEmpty())
                    .toList();
        } catch (SQLException e) {
            throw new IllegalStateException("splitting asks no server", e);
        }
    }

    static String firstLine(String statement) {
        String line = statement.lines().findFirst().orElse("").strip();
        return line.length() <= 60 ? line : line.substring(0, 60).strip() + "…";
    }
}
