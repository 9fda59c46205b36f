package io.provision.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** Runs statements on the journal's tables. {@code %1$s} in a statement stands for the journal's schema. */
final class JournalSql {

    /** Turns the row that a result set stands on into a value. */
    @FunctionalInterface
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** How many rows are asked for at a time. */
    private static final int ALL = 0;

    private static final int PORTION = 1_000;

    private final String schema;
    private final Quotation quotation;

    /** @param schema quoted */
    JournalSql(String schema, Quotation quotation) {
        this.schema = schema;
        this.quotation = quotation;
    }

    String schema() {
        return schema;
    }

    String literal(String text) {
        return quotation.literal(text);
    }

    /** One that has its values in its text. */
    void execute(Connection connection, String statement) throws SQLException {
        try (Statement plain = connection.createStatement()) {
            plain.setEscapeProcessing(false);
            plain.execute(statement);
        }
    }

    boolean exists(Connection connection, String sql, Object... parameters) throws SQLException {
        return !query(connection, sql, row -> true, parameters).isEmpty();
    }

    /** @param parameters bound in order; a collection of texts is bound as a {@code text[]} */
    <T> List<T> query(Connection connection, String sql, RowReader<T> reader, Object... parameters)
            throws SQLException {
        List<T> result = new ArrayList<>();
        each(connection, sql, ALL, reader, result::add, parameters);
        return result;
    }

    /** The same of what would fill the memory if all rows came at once; in a transaction. */
    <T> List<T> queryInPortions(Connection connection, String sql, RowReader<T> reader, Object... parameters)
            throws SQLException {
        List<T> result = new ArrayList<>();
        eachInPortions(connection, sql, reader, result::add, parameters);
        return result;
    }

    /** The same, of what would fill the memory even as it is read. */
    <T> void eachInPortions(
            Connection connection, String sql, RowReader<T> reader, Consumer<T> use, Object... parameters)
            throws SQLException {
        each(connection, sql, PORTION, reader, use, parameters);
    }

    private <T> void each(
            Connection connection,
            String sql,
            int portion,
            RowReader<T> reader,
            Consumer<T> use,
            Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql)) {
            statement.setFetchSize(portion);
            bind(statement, parameters);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    use.accept(reader.read(rows));
                }
            }
        }
    }

    int update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql)) {
            bind(statement, parameters);
            return statement.executeUpdate();
        }
    }

    PreparedStatement prepare(Connection connection, String sql) throws SQLException {
        return connection.prepareStatement(sql.formatted(schema));
    }

    private static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i] instanceof Collection<?> texts) {
                statement.setArray(i + 1, statement.getConnection().createArrayOf("text", texts.toArray()));
            } else {
                statement.setObject(i + 1, parameters[i]);
            }
        }
    }
}
