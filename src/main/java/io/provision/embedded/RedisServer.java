package io.provision.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Redis on a folder of its own. Its password stands in its configuration file, not on its command line. */
public final class RedisServer implements EmbeddedServer {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 5;
    /** The daemon's first words; what stands before them is of who read the configuration, and has gone. */
    private static final String BEGINS = "oO0OoO0OoO0Oo";
    private static final Pattern LOGGED_PID = Pattern.compile("^(\\d+):.*");

    private final Lazy<Path> program;
    private final Path folder;
    private final Map<String, String> settings;
    private final Path data;
    private final Path configuration;
    private final Path processFile;
    private final ServerLog log;
    private final PortChoice port;
    private final Secret password;

    /**
     * @param program {@code redis-server}, asked for when needed
     * @param folder what it keeps: data, configuration with the users in it, log, port, password; made if missing
     * @param settings of redis.conf, over the ones that the tool needs
     */
    public RedisServer(Supplier<Path> program, Path folder, Map<String, String> settings) {
        this.program = new Lazy<>(program);
        this.folder = folder.toAbsolutePath();
        this.settings = Map.copyOf(settings);
        this.data = this.folder.resolve("data");
        this.configuration = this.folder.resolve("redis.conf");
        this.processFile = this.folder.resolve("pid");
        this.log = new ServerLog(this.folder.resolve("server.log"));
        this.port = new PortChoice(this.folder.resolve("port"));
        this.password = new Secret(this.folder.resolve("password"));
    }

    @Override
    public Kind kind() {
        return Kind.REDIS;
    }

    @Override
    public RunningServer start() {
        try {
            Access.ownersFolder(data);
            Access.ownersFolder(folder);
            refuseUnknownUsers();
            return startServer();
        } catch (IOException e) {
            throw EmbeddedFailure.disk("starting the embedded Redis", e);
        } catch (InterruptedException e) {
            throw EmbeddedFailure.interrupted("starting the embedded Redis");
        }
    }

    /** Where CONFIG REWRITE has written the users down, nobody gets in with another password. */
    private void refuseUnknownUsers() throws IOException {
        boolean known = password.exists() || written().stream().noneMatch(line -> line.startsWith("user "));
        if (!known) {
            throw EmbeddedFailure.notWhole(kind(), folder);
        }
    }

    private List<String> written() throws IOException {
        return Files.exists(configuration) ? Files.readAllLines(configuration) : List.of();
    }

    private RunningServer startServer() throws IOException, InterruptedException {
        for (int attempt = 1;; attempt++) {
            log.begin();
            // It stands before Redis does, which goes on without one where the disk is full by then.
            Files.write(processFile, new byte[0]);
            configure(port.choose());
            List<String> start = List.of(program.get().toString(), configuration.toString());
            if (new ServerCommand(start, data, log.file(), Map.of()).run() && answers()) {
                return running().orElseThrow(() -> new IOException("it ended as soon as it had started"));
            }
            if (attempt == PortChoice.TRIES || !log.saysThatThePortIsTaken()) {
                throw EmbeddedFailure.noStart(kind(), log.reason(), log.file());
            }
            port.forget();
        }
    }

    /** Ours are written anew at each start; the rest, such as the users, is what CONFIG REWRITE left there. */
    private void configure(int number) throws IOException {
        Map<String, String> ours = ours(number);
        Stream<String> kept = written().stream().filter(line -> !line.startsWith("#") && !line.isBlank()
                && !ours.containsKey(line.split("\\s", 2)[0]));
        Stream<String> anew = ours.entrySet().stream().map(entry -> entry.getKey() + " " + quoted(entry.getValue()));
        Path draft = folder.resolve("redis.conf.new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, Access.OWNERS_FILE);
        Files.write(draft, Stream.concat(anew, kept).toList(), StandardOpenOption.DSYNC);
        Files.move(draft, configuration, StandardCopyOption.ATOMIC_MOVE);
    }

    private Map<String, String> ours(int number) throws IOException {
        Map<String, String> ours = new LinkedHashMap<>();
        ours.put("bind", "127.0.0.1");
        ours.put("port", Integer.toString(number));
        ours.put("protected-mode", "yes");
        ours.put("requirepass", password.readOrMake());
        ours.put("dir", data.toString());
        ours.put("pidfile", processFile.toString());
        ours.put("logfile", log.file().toString());
        // A daemon has its own session: Ctrl-C reaches the command, which undoes its work on a server that still runs.
        ours.put("daemonize", "yes");
        ours.put("set-proc-title", "no");
        ours.put("appendonly", "yes");
        ours.put("save", "");
        ours.putAll(settings);
        return ours;
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private boolean answers() throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            if (RedisGreeting.isAnswered(port.last(), password.read())) {
                return true;
            }
            if (hasDied()) {
                return false;
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        return false;
    }

    /** The daemon is nobody's child; who it was stands before each line of its log. */
    private boolean hasDied() throws IOException {
        return log.lines().stream()
                .dropWhile(line -> !line.contains(BEGINS))
                .map(LOGGED_PID::matcher)
                .filter(Matcher::matches)
                .map(line -> Long.parseLong(line.group(1)))
                .reduce((first, second) -> second)
                .map(pid -> ServerProcess.find(pid, data, configuration.toString()).isEmpty())
                .orElse(false);
    }

    @Override
    public Optional<RunningServer> running() {
        return process().map(process -> new RunningServer(kind(), url(), process.pid()));
    }

    private String url() {
        try {
            return "redis://default:" + password.read() + "@127.0.0.1:" + port.last();
        } catch (IOException e) {
            throw EmbeddedFailure.disk("reading the password of the embedded Redis", e);
        }
    }

    private Optional<ServerProcess> process() {
        try {
            String pid = Files.readString(processFile).strip();
            return pid.isEmpty()
                    ? ServerProcess.findIn(data, "redis-server")
                    : ServerProcess.find(Long.parseLong(pid), data, configuration.toString());
        } catch (IOException | NumberFormatException stopped) {
            return Optional.empty();
        }
    }

    @Override
    public void stop() {
        Optional<ServerProcess> process = process();
        if (process.isEmpty()) {
            return;
        }
        try {
            process.get().handle().destroy();
            process.get().awaitEnd();
        } catch (InterruptedException e) {
            throw EmbeddedFailure.interrupted("stopping the embedded Redis");
        }
    }
}
