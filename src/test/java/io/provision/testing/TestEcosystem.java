package io.provision.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.provision.cli.CommandContext;
import io.provision.cli.Main;
import io.provision.cli.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;

/**
 * An ecosystem for tests of whole commands: a folder with a manifest, a database of its own, and real servers. Roles
 * belong to the whole server, so {@code NN} in every text that is handed in stands for this ecosystem's own number,
 * which no name of PostgreSQL's own (win1250) has in it.
 */
public final class TestEcosystem {

    /** The machine that commands run on, as the journal takes it. */
    static final String HOST = "here";

    private static final AtomicInteger COUNT = new AtomicInteger(70_000);

    private final String number = Integer.toString(COUNT.incrementAndGet());
    private final TestPostgres postgres;
    private String redisUrl;
    private String redisSettings = "";
    private final Path folder;
    private final String database;
    private String postgresUrl;
    private String host = HOST;

    /** What a command left behind. */
    public record Ran(int exitCode, String out, String err) {

        /** Fails with everything that the command said. */
        public Ran expect(int code) {
            assertEquals(code, exitCode, this::toString);
            return this;
        }

        /** What it said on standard output; fails where that is no document. */
        public JsonNode json() {
            try {
                return new JsonMapper().readTree(out);
            } catch (JsonProcessingException e) {
                throw new AssertionError(toString(), e);
            }
        }

        @Override
        public String toString() {
            return "exit code %d%n%s%n%s".formatted(exitCode, out, err);
        }
    }

    private TestEcosystem(TestPostgres postgres, Path folder) {
        this.postgres = postgres;
        this.redisUrl = TestRedis.shared().url();
        this.folder = folder;
        this.database = postgres.createDatabase();
        this.postgresUrl = postgres.superuserUrl(database);
    }

    /** @param folder an empty one */
    public static TestEcosystem in(Path folder) {
        return on(TestPostgres.shared(), folder);
    }

    public static TestEcosystem on(TestPostgres postgres, Path folder) {
        return new TestEcosystem(postgres, folder);
    }

    public TestPostgres postgres() {
        return postgres;
    }

    public String database() {
        return database;
    }

    public Path folder() {
        return folder;
    }

    public String postgresUrl() {
        return postgresUrl;
    }

    /** The text with this ecosystem's number in it. */
    public String numbered(String text) {
        return text.replaceAll("(?<![A-Z])NN(?![A-Z])", number);
    }

    /** Commands connect with this URL from now on; at first it is the superuser's. */
    public TestEcosystem connectingAs(String url) {
        postgresUrl = url;
        return this;
    }

    /** Commands run on this machine from now on, as the journal takes it; at first it is {@link #HOST}. */
    public TestEcosystem onHost(String name) {
        host = name;
        return this;
    }

    /** A login without superuser that may make roles, and schemas in this database; commands connect as it. */
    public TestPostgres.Login provisioningLogin() {
        TestPostgres.Login login = postgres.createProvisioningLogin();
        execute("GRANT CREATE ON DATABASE " + database + " TO " + login.name());
        connectingAs(postgres.url(login.name(), login.password(), database));
        return login;
    }

    /** @param rest everything of the manifest but its connections */
    public TestEcosystem manifest(String rest) {
        return file("instances.yaml", "ecosystem: test\nredis: {url: \"%s\"%s}\n%s"
                .formatted(redisUrl, redisSettings, rest));
    }

    /** Commands talk to this Redis from the next manifest on; at first it is the shared one. */
    public TestEcosystem redis(String url) {
        redisUrl = url;
        return this;
    }

    /** @param settings of {@code redis:} beside its URL, as {@code acl: off}, in the next manifest */
    public TestEcosystem redisSettings(String settings) {
        redisSettings = ", " + settings;
        return this;
    }

    public TestEcosystem file(String name, String text) {
        try {
            Path file = folder.resolve(numbered(name));
            Files.createDirectories(file.getParent());
            Files.writeString(file, numbered(text));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String read(String name) {
        try {
            return Files.readString(folder.resolve(numbered(name))).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean stands(String name) {
        return Files.exists(folder.resolve(numbered(name)));
    }

    public Ran run(String... arguments) {
        return run(new StringWriter(), arguments);
    }

    /** @param err is written to while the command runs */
    public Ran run(StringWriter err, String... arguments) {
        return run("", Terminal.NONE, err, arguments);
    }

    /** On a terminal, where a person types the answer. */
    public Ran answering(String answer, String... arguments) {
        return run(answer + "\n", new Terminal(true, true, true, () -> 120), new StringWriter(), arguments);
    }

    /** At the end of a pipe. */
    public Ran reading(String in, String... arguments) {
        return run(in, Terminal.NONE, new StringWriter(), arguments);
    }

    private Ran run(String in, Terminal terminal, StringWriter err, String... arguments) {
        StringWriter out = new StringWriter();
        CommandContext context = new CommandContext(
                new BufferedReader(new StringReader(in)), new PrintWriter(out), new PrintWriter(err),
                Map.of("USER", "tester", "HOSTNAME", host), folder, Clock.systemUTC(), terminal);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.replaceAll(this::numbered);
        all.addAll(List.of("--postgres-url", postgresUrl));
        int code = Main.run(context, all.toArray(String[]::new));
        return new Ran(code, out.toString(), err.toString());
    }

    /** {@code init}, which is to end well. */
    public Ran init(String... arguments) {
        return run(List.of("init"), arguments).expect(0);
    }

    /** {@code rollback} without a question, which is to end well. */
    public Ran rollback(String... arguments) {
        return rollback(0, arguments);
    }

    /** {@code rollback} without a question, which is to end like this. */
    public Ran rollback(int exitCode, String... arguments) {
        return run(List.of("rollback", "--yes"), arguments).expect(exitCode);
    }

    /** @param arguments of {@code plan}, which is to find everything as the manifest has it */
    public void assertNothingToDo(String... arguments) {
        run(List.of("plan", "--detailed-exitcode"), arguments).expect(0);
    }

    private Ran run(List<String> command, String... arguments) {
        return run(Stream.concat(command.stream(), Stream.of(arguments)).toArray(String[]::new));
    }

    /** A session of the superuser. */
    public Connection connect() throws SQLException {
        return postgres.connect(database);
    }

    /** A session of a role that the tool made, with the password that it generated for this instance. */
    public Connection connectAs(String role, String instance) throws SQLException {
        return postgres.connect(numbered(role), read("secrets/" + instance), database);
    }

    /** As the superuser, in one transaction. */
    public void execute(String sql) {
        postgres.run(database, numbered(sql));
    }

    /** The journal tells of a run {@code killed} that meant to do what the newest one of this command did. */
    public void killedLike(String command, String machine) {
        execute(KilledRuns.LIKE.formatted(command, machine));
    }

    /** What runs meant to do and the next one has to find out of, as run and instance. */
    public List<String> openIntents() {
        return query(KilledRuns.OPEN);
    }

    /** The first column, as text, as the superuser sees it. */
    public List<String> query(String sql, String... parameters) {
        try {
            return postgres.in(database, session -> query(session, sql, parameters));
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    public List<String> query(Connection session, String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = session.prepareStatement(numbered(sql))) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, numbered(parameters[i]));
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<String> result = new ArrayList<>();
                while (rows.next()) {
                    result.add(rows.getString(1));
                }
                return result;
            }
        }
    }

    /** The users of its Redis, as that one lists them. */
    public List<String> redisUsers() {
        try (Jedis jedis = new Jedis(URI.create(redisUrl))) {
            return jedis.aclList();
        }
    }

    /** Single facts of what the catalogs say, but for the journal. */
    public Catalogs catalogs() {
        return Catalogs.of(this);
    }

    /** Everything that the catalogs say, and what the tables hold, but for the journal. */
    public CatalogSnapshot snapshot() {
        try {
            return postgres.in(database, CatalogSnapshot::of);
        } catch (SQLException e) {
            throw new IllegalStateException("taking a snapshot of the catalogs", e);
        }
    }
}
