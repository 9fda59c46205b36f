package io.provision.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.postgresql.core.NativeQuery;
import org.postgresql.core.Parser;

/**
 * A query, to be asked together with others.
 *
 * @param sql with a {@code ?} for each parameter
 * @param taker is given each row of the answer
 * @param parameters quoted in order: a collection of texts as a {@code text[]}, numbers and truth values as they are,
 *     anything else as {@code text}
 */
record Question(String sql, RowTaker taker, List<Object> parameters) {

    /** Takes the row that a result set stands on. */
    @FunctionalInterface
    interface RowTaker {
        void take(ResultSet row) throws SQLException;
    }

    Question {
        parameters = List.copyOf(parameters);
    }

    /** The query with its parameters in their places. */
    String text() throws SQLException {
        if (parameters.isEmpty()) {
            return sql;
        }
        String[] between = sql.split("\\?", -1);
        return between.length == parameters.size() + 1 ? filled(between) : parsed();
    }

    /** Where there are no more question marks than parameters, each is one. */
    private String filled(String[] between) {
        StringBuilder text = new StringBuilder(between[0]);
        for (int i = 0; i < parameters.size(); i++) {
            text.append(quoted(parameters.get(i))).append(between[i + 1]);
        }
        return text.toString();
    }

    /** By the driver's own parser, which takes its time: it knows which stand in literals and comments. */
    private String parsed() throws SQLException {
        NativeQuery query = Parser.parseJdbcSql(sql, true, true, false, false, false).get(0);
        StringBuilder text = new StringBuilder();
        int from = 0;
        for (int i = 0; i < parameters.size(); i++) {
            text.append(query.nativeSql, from, query.bindPositions[i]).append(quoted(parameters.get(i)));
            from = query.bindPositions[i] + NativeQuery.bindName(i + 1).length();
        }
        return text.append(query.nativeSql, from, query.nativeSql.length()).toString();
    }

    private static String quoted(Object parameter) {
        if (parameter instanceof Number || parameter instanceof Boolean) {
            return "(" + parameter + ")";
        }
        return parameter instanceof Collection<?> texts
                ? Sql.literal(array(texts)) + "::text[]"
                : Sql.literal(parameter.toString()) + "::text";
    }

    private static String array(Collection<?> texts) {
        return texts.stream().map(Question::element).collect(Collectors.joining(",", "{", "}"));
    }

    /** As the manual has it, in section 8.15.6. */
    private static String element(Object text) {
        return text == null ? "NULL" : '"' + text.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
