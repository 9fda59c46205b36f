package io.provision.postgres;

import io.provision.problem.ShortList;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What in the catalogs of a database without an encoding (SQL_ASCII) is no UTF-8, and so is not given out by the server
 * to whoever reads UTF-8; which it refuses without saying what it was.
 */
final class UnreadableTexts {

    private static final int NAMED = 5;

    /** UTF-8 as its bytes are in hexadecimal digits (RFC 3629, section 4). */
    private static final String UTF8 = "^([0-7].|(c[2-9a-f]|d.)[89ab].|e0[ab].[89ab].|(e[1-9abcef][89ab].|ed[89].)"
            + "[89ab].|(f0[9ab].|f[1-3][89ab].|f48.)([89ab].){2})*$";

    private static final String QUERY =
            """
            SELECT t.part || encode(convert_to(pg_describe_object(t.class, t.object, t.sub), 'SQL_ASCII'), 'escape')
            FROM (
              SELECT 'the name of ' AS part, 'pg_namespace'::regclass AS class, oid AS object, 0 AS sub,
                     nspname::text AS text
              FROM pg_namespace
              UNION ALL
              SELECT 'the name of ', 'pg_class'::regclass, oid, 0, relname::text
              FROM pg_class
              UNION ALL
              SELECT 'the name of ', 'pg_class'::regclass, attrelid, attnum, attname::text
              FROM pg_attribute
              WHERE attnum > 0
                AND NOT attisdropped
              UNION ALL
              SELECT 'the name of ', 'pg_proc'::regclass, oid, 0, proname::text
              FROM pg_proc
              UNION ALL
              SELECT 'the text of ', 'pg_proc'::regclass, oid, 0, prosrc
              FROM pg_proc
              UNION ALL
              SELECT 'the name of ', 'pg_type'::regclass, oid, 0, typname::text
              FROM pg_type
              WHERE typrelid = 0
                AND typelem = 0
              UNION ALL
              SELECT 'the name of ', 'pg_authid'::regclass, oid, 0, rolname::text
              FROM pg_roles
              UNION ALL
              SELECT 'the comment on ', classoid, objoid, objsubid, description
              FROM pg_description
              UNION ALL
              SELECT 'the comment on ', classoid, objoid, 0, description
              FROM pg_shdescription
            ) t
            WHERE encode(convert_to(t.text, 'SQL_ASCII'), 'hex') !~ '%s'
            LIMIT %d
            """;

    private UnreadableTexts() {}

    /**
     * @param connection one whose transaction only looked, and is over after this
     * @return as a sentence goes on; empty where nothing was found, or cannot be asked
     */
    static String told(Connection connection) {
        try {
            connection.rollback();
            List<String> found = found(connection);
            connection.rollback();
            return found.isEmpty() ? "" : ": no UTF-8 is " + ShortList.of(found);
        } catch (SQLException e) {
            return "";
        }
    }

    /** The server writes a byte that is no ASCII as three octal digits, as {@code E'caf\351'} takes it. */
    private static List<String> found(Connection connection) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(QUERY.formatted(UTF8, NAMED + 1))) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }
}
