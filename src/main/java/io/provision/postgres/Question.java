package io.provision.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * A query, to be asked together with others.
 *
 * @param taker is given each row of the answer
 * @param parameters bound in order; a collection of texts is bound as a {@code text[]}
 */
public record Question(String sql, RowTaker taker, List<Object> parameters) {

    /** Takes the row that a result set stands on. */
    @FunctionalInterface
    public interface RowTaker {
        void take(ResultSet row) throws SQLException;
    }

    public Question {
        parameters = List.copyOf(parameters);
    }
}
