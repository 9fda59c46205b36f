package io.provision.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Several statements and questions that go to the server together. */
final class RoundTrip {

    /** Ends a statement, and a comment that it may end with. */
    private static final String END = "\n;";

    private RoundTrip() {}

    /** @return the server's warnings */
    static List<SQLWarning> execute(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(String.join(END, statements));
            List<SQLWarning> warnings = new ArrayList<>();
            for (SQLWarning w = statement.getWarnings(); w != null; w = w.getNextWarning()) {
                warnings.add(w);
            }
            return warnings;
        }
    }

    /** @param questions without parameters */
    static void executeThenAsk(Connection connection, List<String> statements, List<Question> questions)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(joined(statements, questions));
            take(statement, statements.size(), questions);
        }
    }

    /** The driver keeps the text, split into its parts: for what is asked again in the same words. */
    static void ask(Connection connection, List<String> before, List<Question> questions) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(joined(before, questions))) {
            int index = 0;
            for (Question question : questions) {
                for (Object parameter : question.parameters()) {
                    bind(statement, ++index, parameter);
                }
            }
            statement.execute();
            take(statement, before.size(), questions);
        }
    }

    private static String joined(List<String> statements, List<Question> questions) {
        return Stream.concat(statements.stream(), questions.stream().map(Question::sql))
                .collect(Collectors.joining(END));
    }

    /** @param before how many statements come before the questions, each of which has a result, too */
    private static void take(Statement statement, int before, List<Question> questions) throws SQLException {
        for (int i = 0; i < before; i++) {
            statement.getMoreResults();
        }
        for (Question question : questions) {
            try (ResultSet rows = statement.getResultSet()) {
                while (rows.next()) {
                    question.taker().take(rows);
                }
            }
            statement.getMoreResults();
        }
    }

    private static void bind(PreparedStatement statement, int index, Object parameter) throws SQLException {
        if (parameter instanceof Collection<?> texts) {
            statement.setArray(index, statement.getConnection().createArrayOf("text", texts.toArray()));
        } else {
            statement.setObject(index, parameter);
        }
    }
}
