package io.provision.testing;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The statements in what a server logged. Where several are sent as one text, the server logs the text; each counts
 * here. A body between dollar signs is part of its statement, as all that is quoted.
 *
 * @param line what stands before the colon: the time, the process, {@code user@database}
 * @param text of the statement
 */
public record StatementLog(String line, String text) {

    private static final Pattern ENTRY = Pattern.compile(
            "^([^\\t\\n]*LOG: {2}(?:statement|execute [^:\\n]*)): (.*(?:\\n\\t.*)*)$", Pattern.MULTILINE);
    private static final Pattern STATEMENT = Pattern.compile(
            "(?:[^;'\"$]++|'[^']*+'|\"[^\"]*+\"|\\$([a-z]*+)\\$(?:(?!\\$\\1\\$).)*+\\$\\1\\$|\\$)++", Pattern.DOTALL);

    /** Every one, in the order of the log. */
    public static List<StatementLog> of(String log) {
        return ENTRY.matcher(log).results().flatMap(StatementLog::statements).toList();
    }

    private static Stream<StatementLog> statements(MatchResult entry) {
        return STATEMENT.matcher(entry.group(2)).results()
                .map(statement -> statement.group().strip())
                .filter(statement -> !statement.isEmpty())
                .map(statement -> new StatementLog(entry.group(1), statement));
    }

    /** Their texts alone. */
    public static List<String> texts(String log) {
        return of(log).stream().map(StatementLog::text).toList();
    }
}
