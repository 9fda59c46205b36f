package io.provision.embedded;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A PostgreSQL on a folder of its own. There is no moment in which it lets anybody in without a password: the cluster
 * is made with the superuser's, in a draft that becomes the data folder only when it is whole.
 */
public final class PostgresServer implements EmbeddedServer {

    private static final String DRAFT = "draft-";
    private static final String PROCESS_FILE = "postmaster.pid";
    private static final long NO_NUMBER = -1;
    private static final String CLIENTS = "host all all 127.0.0.1/32 scram-sha-256\n";
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("listen_addresses", "127.0.0.1"),
            Map.entry("unix_socket_directories", ""),
            Map.entry("password_encryption", "scram-sha-256"),
            Map.entry("max_connections", "100"),
            Map.entry("shared_buffers", "32MB"),
            Map.entry("timezone", "UTC"),
            Map.entry("log_timezone", "UTC"),
            Map.entry("lc_messages", "C"),
            Map.entry("log_line_prefix", "%m [%p] "),
            // A statement that fails may carry a password.
            Map.entry("log_min_error_statement", "panic"));

    private final Lazy<Path> programs;
    private final Path folder;
    private final Map<String, String> settings;
    private final Lazy<ServerAccount> account;
    private final Path data;
    private final ServerLog log;
    private final PortChoice port;
    private final Secret password;

    /**
     * @param programs the folder of {@code postgres}, {@code initdb} and {@code pg_ctl}, asked for when needed
     * @param folder what it keeps: data, log, port, password; made if it is missing
     * @param settings of postgresql.conf, over the ones that the tool needs
     */
    public PostgresServer(Supplier<Path> programs, Path folder, Map<String, String> settings) {
        this(programs, folder, settings, ServerAccount::choose);
    }

    PostgresServer(Supplier<Path> programs, Path folder, Map<String, String> settings,
            BiFunction<Path, Path, ServerAccount> account) {
        this.programs = new Lazy<>(programs);
        this.folder = folder.toAbsolutePath();
        this.settings = Map.copyOf(settings);
        this.account = new Lazy<>(() -> account.apply(this.programs.get(), this.folder));
        this.data = this.folder.resolve("data");
        this.log = new ServerLog(this.folder.resolve("server.log"));
        this.port = new PortChoice(this.folder.resolve("port"));
        this.password = new Secret(this.folder.resolve("password"));
    }

    @Override
    public Kind kind() {
        return Kind.POSTGRES;
    }

    /** Where the server writes what it does. */
    public Path log() {
        return log.file();
    }

    @Override
    public RunningServer start() {
        try {
            Access.ownersFolder(folder);
            log.begin();
            if (!Files.exists(data)) {
                makeCluster();
            }
            refuseUnknownCluster();
            forgetForeignProcess();
            return startCluster();
        } catch (IOException e) {
            throw EmbeddedFailure.disk("starting the embedded PostgreSQL", e);
        } catch (InterruptedException e) {
            throw EmbeddedFailure.interrupted("starting the embedded PostgreSQL");
        }
    }

    private void makeCluster() throws IOException, InterruptedException {
        deleteDrafts();
        // A name of its own: the initdb of a start that was killed may still be writing into the last one.
        Path draft = Files.createTempDirectory(folder, DRAFT, Access.OWNERS_FOLDER);
        account.get().own(draft);
        password.readOrMake();
        List<String> initdb = new ArrayList<>(List.of(program("initdb"), "--username=postgres",
                "--auth=scram-sha-256", "--pwfile=" + password.file(), "--encoding=UTF8", "--locale=C"));
        if ("off".equals(settings.get("fsync"))) {
            initdb.add("--no-sync");
        }
        if (!run(initdb, draft)) {
            throw EmbeddedFailure.noStart(kind(), log.reason(), log.file());
        }
        Files.writeString(draft.resolve("pg_hba.conf"), CLIENTS);
        Files.move(draft, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private void deleteDrafts() throws IOException {
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(folder, DRAFT + "*")) {
            for (Path draft : drafts) {
                FileTree.delete(draft);
            }
        }
    }

    private void refuseUnknownCluster() throws IOException {
        Path version = data.resolve("PG_VERSION");
        if (!Files.exists(version) || !password.exists()) {
            throw EmbeddedFailure.notWhole(kind(), folder);
        }
        Access.ownersOnly(data);
        account.get().own(data);
    }

    /**
     * PostgreSQL does not start beside a process that has the number of its last one; it may be anybody's. Nor where
     * the file has no number, as a full disk or a machine that went down leaves it.
     */
    private void forgetForeignProcess() throws IOException {
        Path file = data.resolve(PROCESS_FILE);
        if (!Files.exists(file) || process().isPresent()) {
            return;
        }
        long pid = pid(processFile());
        if (pid == NO_NUMBER ? ServerProcess.findIn(data, "postgres").isEmpty() : ProcessHandle.of(pid).isPresent()) {
            Files.delete(file);
        }
    }

    private RunningServer startCluster() throws IOException, InterruptedException {
        for (int attempt = 1;; attempt++) {
            Files.writeString(data.resolve("postgresql.conf"), configuration(port.choose()));
            List<String> start = List.of(program("pg_ctl"), "start", "-w", "-t", "60",
                    "-o", "-c cluster_name=" + mark());
            if (run(start, data)) {
                return running().orElseThrow(() -> new IOException("it ended as soon as it had started"));
            }
            if (attempt == PortChoice.TRIES || !log.saysThatThePortIsTaken()) {
                throw EmbeddedFailure.noStart(kind(), log.reason(), log.file());
            }
            port.forget();
            log.begin();
        }
    }

    private String configuration(int number) {
        Map<String, String> all = new LinkedHashMap<>(SETTINGS);
        all.putAll(settings);
        all.put("port", Integer.toString(number));
        return all.entrySet().stream()
                .map(entry -> entry.getKey() + " = '" + entry.getValue().replace("'", "''") + "'\n")
                .sorted()
                .collect(Collectors.joining("", "# Written anew at each start.\n", ""));
    }

    @Override
    public Optional<RunningServer> running() {
        List<String> lines = processFile();
        boolean ready = lines.size() > 7 && lines.get(7).strip().equals("ready");
        return process().filter(process -> ready).map(process ->
                new RunningServer(kind(), url(Integer.parseInt(lines.get(3).strip())), process.pid()));
    }

    private String url(int number) {
        try {
            return "postgresql://postgres:" + password.read() + "@127.0.0.1:" + number + "/postgres";
        } catch (IOException e) {
            throw EmbeddedFailure.disk("reading the password of the embedded PostgreSQL", e);
        }
    }

    @Override
    public void stop() {
        Optional<ServerProcess> process = process();
        if (process.isEmpty()) {
            return;
        }
        try {
            run(List.of(program("pg_ctl"), "stop", "-W", "-m", "fast"), data);
            process.get().awaitEnd();
        } catch (IOException e) {
            throw EmbeddedFailure.disk("stopping the embedded PostgreSQL", e);
        } catch (InterruptedException e) {
            throw EmbeddedFailure.interrupted("stopping the embedded PostgreSQL");
        }
    }

    /** The data folder goes by the environment: pg_ctl hands its arguments to a shell, and paths hold anything. */
    private boolean run(List<String> command, Path pgdata) throws IOException, InterruptedException {
        Map<String, String> environment = Map.of("PGDATA", pgdata.toString());
        return new ServerCommand(account.get().command(command), folder, log.file(), environment).run();
    }

    private String program(String name) {
        return programs.get().resolve(name).toString();
    }

    private String mark() {
        return "provision-" + Integer.toHexString(data.toString().hashCode());
    }

    private Optional<ServerProcess> process() {
        List<String> lines = processFile();
        return lines.isEmpty() ? Optional.empty() : ServerProcess.find(pid(lines), data, mark());
    }

    private static long pid(List<String> lines) {
        try {
            return lines.isEmpty() ? NO_NUMBER : Long.parseLong(lines.get(0).strip());
        } catch (NumberFormatException halfWritten) {
            return NO_NUMBER;
        }
    }

    private List<String> processFile() {
        try {
            return Files.readAllLines(data.resolve(PROCESS_FILE));
        } catch (IOException stopped) {
            return List.of();
        }
    }
}
