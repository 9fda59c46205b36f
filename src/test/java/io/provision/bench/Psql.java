package io.provision.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code psql -X -q -f FILE}; where there is none, the same statements over a connection, and nothing of a start. */
final class Psql {

    private final Optional<Path> program = Machine.find("psql");

    String description() {
        return program.map(Path::toString).orElse("none: the statements over a connection");
    }

    /** @param script only statements */
    void run(Path script, Servers.Address server, Path log) throws IOException, InterruptedException {
        if (program.isPresent()) {
            Machine.run(
                    List.of(program.get().toString(), "-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1",
                            "-p", Integer.toString(server.port()), "-U", server.user(), "-d", Template.DATABASE,
                            "-f", script.toString()),
                    Map.of("PGPASSWORD", server.password()), log);
        } else {
            connect(script, server);
        }
    }

    private static void connect(Path script, Servers.Address server) throws IOException {
        String url = "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + Template.DATABASE
                + "?preferQueryMode=simple";
        try (Connection session = DriverManager.getConnection(url, server.user(), server.password());
                Statement statement = session.createStatement()) {
            // As psql does it: one at a time, each with an answer.
            for (String sql : Files.readString(script).split(";\n")) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IOException("running " + script, e);
        }
    }
}
