package io.provision.embedded;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import redis.clients.jedis.Jedis;

/** Clients of the servers under test. */
final class Clients {

    private Clients() {
    }

    static Connection postgres(String url) throws SQLException {
        return postgres(url, password(url));
    }

    static Connection postgres(String url, String password) throws SQLException {
        URI uri = URI.create(url);
        return DriverManager.getConnection(
                "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath(), "postgres", password);
    }

    static String password(String url) {
        return URI.create(url).getUserInfo().split(":", 2)[1];
    }

    /** A dead process that nobody has buried yet counts as dead. */
    static boolean lives(long pid) {
        return ProcessHandle.of(pid).map(ServerProcess::new).filter(ServerProcess::isAlive).isPresent();
    }

    static Jedis redis(String url) {
        return new Jedis(URI.create(url));
    }

    static void run(EmbeddedServers servers, String sql) throws SQLException {
        try (Connection session = postgres(servers.postgresUrl()); Statement statement = session.createStatement()) {
            statement.execute(sql);
        }
    }

    static String ask(EmbeddedServers servers, String sql) throws SQLException {
        try (Connection session = postgres(servers.postgresUrl());
                Statement statement = session.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
