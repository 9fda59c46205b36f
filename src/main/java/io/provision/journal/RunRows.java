package io.provision.journal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads a run as {@link RunHistory#all} selects it. */
final class RunRows {

    private RunRows() {}

    static RunEntry read(ResultSet row) throws SQLException {
        return new RunEntry(
                new Run(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6),
                        row.getString(7)),
                row.getString(8),
                instant(row, 9).orElseThrow(),
                instant(row, 10),
                Optional.ofNullable(row.getString(11))
                        .map(outcome -> RunEntry.Outcome.valueOf(outcome.toUpperCase(Locale.ROOT))),
                List.of((String[]) row.getArray(12).getArray()),
                row.getInt(13),
                Optional.empty());
    }

    private static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
