package io.provision.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/**
 * Several statements and questions that go to the server together, as one text: it takes the server a third less to
 * parse and plan what is asked once than as statements that are prepared and bound.
 */
final class RoundTrip {

    /** Ends a statement, and a comment that it may end with. */
    private static final String END = "\n;";

    private RoundTrip() {}

    /** @return the server's warnings */
    static List<SQLWarning> execute(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(String.join(END, statements));
            return warnings(statement);
        }
    }

    /**
     * The same, each in a message of its own: what the server logs of one that fails is the text of its message, which
     * must not be that of others as well.
     */
    static List<SQLWarning> executeApart(Connection connection, List<String> statements) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(String.join(END, statements))) {
            statement.execute();
            return warnings(statement);
        }
    }

    private static List<SQLWarning> warnings(Statement statement) throws SQLException {
        List<SQLWarning> warnings = new ArrayList<>();
        for (SQLWarning w = statement.getWarnings(); w != null; w = w.getNextWarning()) {
            warnings.add(w);
        }
        return warnings;
    }

    static void executeThenAsk(Connection connection, List<String> statements, List<Question> questions)
            throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(joined(statements, questions));
            take(statement, statements.size(), questions);
        }
    }

    /** One question, whose answer comes some rows at a time; in a transaction. */
    static void askInPortions(Connection connection, Question question, int rowsAtATime) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(question.text())) {
            statement.setFetchSize(rowsAtATime);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    question.taker().take(rows);
                }
            }
        }
    }

    private static String joined(List<String> statements, List<Question> questions) throws SQLException {
        StringJoiner joined = new StringJoiner(END);
        statements.forEach(joined::add);
        for (Question question : questions) {
            joined.add(question.text());
        }
        return joined.toString();
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
}
