package io.provision.migration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.testing.Catalogs;
import io.provision.testing.ChildProvision;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestEcosystem.Ran;
import io.provision.testing.TestRedis;
import io.provision.testing.Tollgate;
import io.provision.testing.Tollgate.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import redis.clients.jedis.Jedis;

/**
 * A database of its own in which a run is killed, and what must be so whatever becomes of it. Of the two instances, the
 * second one's Redis user stands already.
 */
final class KilledRun {

    enum Command { INIT, ROLLBACK }

    private static final String MANIFEST =
            """
            defaults: {redis_password: {generate: "secrets/{instance}"}}
            services:
              exchange-simulator:
                readers: [watcherNN]
                volumes: {dirs: [a, b, c, d, e, f]}
                sql: sql
                migrate: {tables: [trades, "ticks*"], views: compat, owner: role}
              exchange-adopter: {volumes: {dirs: []}}
            instances:
              exchange-okxNN: {service: exchange-simulator}
              exchange-binanceNN: {service: exchange-adopter}
            """;

    private static final String TABLES =
            """
            CREATE TABLE public.trades (id bigserial PRIMARY KEY, price numeric NOT NULL);
            INSERT INTO public.trades (price) SELECT n FROM generate_series(1, 100) AS n;
            CREATE TABLE public.ticks (at date NOT NULL, price numeric) PARTITION BY RANGE (at);
            CREATE TABLE public.ticks_2025 PARTITION OF public.ticks FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
            INSERT INTO public.ticks SELECT date '2025-01-01' + n, n FROM generate_series(1, 100) AS n;
            """;

    private static final String IDENTITIES =
            """
            SELECT c.oid || ' ' || c.relfilenode || ' ' || c.relnamespace::regnamespace || ' ' || c.relname
            FROM pg_class c
            WHERE c.relname ~ '^(trades|ticks)'
            ORDER BY 1
            """;

    private final TestRedis redis;
    private final TestEcosystem ecosystem;
    private final String sessions;
    private final String name;
    private final Catalogs before;
    private final List<String> usersBefore;
    private final List<String> identities;

    KilledRun(Path folder) throws IOException {
        this(folder, MANIFEST, "1");
    }

    private KilledRun(Path folder, String manifest, String sessions) throws IOException {
        this.sessions = sessions;
        name = folder.getFileName().toString();
        ecosystem = TestEcosystem.in(Files.createDirectory(folder))
                .manifest(manifest)
                .file("sql/V1__notes.sql", "CREATE TABLE notes (id integer PRIMARY KEY);");
        ecosystem.execute(TABLES);
        before = ecosystem.catalogs();
        redis = TestRedis.shared();
        makeUserOfTheSecond();
        usersBefore = ecosystem.redisUsers();
        identities = ecosystem.query(IDENTITIES);
    }

    /** With so many further instances that some are made while the roles of others are, by several sessions. */
    static KilledRun overlapping(Path folder) throws IOException {
        return new KilledRun(
                folder,
                IntStream.rangeClosed(1, 40)
                        .mapToObj("  exchange-%02dxNN: {service: exchange-adopter}\n"::formatted)
                        .collect(Collectors.joining("", MANIFEST, "")),
                "3");
    }

    /** From now on a COMMIT that closes an intent takes a while. The journal stands, and all else is as it was. */
    KilledRun withSlowCommits() {
        ecosystem.init();
        restores();
        ecosystem.execute(
                """
                CREATE FUNCTION provision.slow() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN PERFORM pg_sleep(1.5); RETURN NULL; END';
                CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON provision.intent_outcomes
                  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION provision.slow();
                """);
        return this;
    }

    /** @return what the whole run sends to the servers */
    List<String> sends(Command command) throws Exception {
        prepare(command);
        try (Tollgate gate = new Tollgate(0, Moment.BEFORE, () -> { })) {
            assertEquals(0, start(command, gate).await());
            return gate.messages();
        }
    }

    /** @return whether it got that far */
    boolean killedAt(Command command, int message, Moment moment) throws Exception {
        prepare(command);
        CompletableFuture<ChildProvision> child = new CompletableFuture<>();
        try (Tollgate gate = new Tollgate(message, moment, () -> kill(child.join()))) {
            child.complete(start(command, gate));
            child.join().await();
            return gate.messages().size() >= message;
        }
    }

    /** With its COMMIT of that number on its way. */
    void killedAtCommit(Command command, int commit) throws Exception {
        prepare(command);
        CompletableFuture<ChildProvision> child = new CompletableFuture<>();
        try (Tollgate gate = Tollgate.atCommit(commit, Moment.UNDERWAY, () -> kill(child.join()))) {
            child.complete(start(command, gate));
            child.join().await();
            assertEquals(commit, gate.reached());
        }
    }

    /** @param dir of the instance's volume that is made, or is removed, when it dies at last */
    void killedOnceThereIs(Command command, String dir) throws Exception {
        prepare(command);
        Path watched = ecosystem.folder().resolve(ecosystem.numbered("volumes/exchange-okxNN/" + dir));
        boolean stood = Files.exists(watched);
        try (Tollgate gate = new Tollgate(0, Moment.BEFORE, () -> { }); ChildProvision child = start(command, gate)) {
            while (Files.exists(watched) == stood && child.lives()) {
                Thread.onSpinWait();
            }
            child.kill();
        }
    }

    private void prepare(Command command) {
        if (command == Command.ROLLBACK) {
            ecosystem.init();
        }
    }

    private ChildProvision start(Command command, Tollgate gate) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                command.name().toLowerCase(Locale.ROOT),
                "--parallel", sessions,
                "--redis-url", gate.through(redis.url())));
        if (command == Command.ROLLBACK) {
            arguments.add("--yes");
        }
        return ChildProvision.startAt(
                ecosystem, gate.through(ecosystem.postgresUrl()), arguments.toArray(String[]::new));
    }

    private void makeUserOfTheSecond() {
        try (Jedis jedis = redis.connect()) {
            jedis.aclSetUser(ecosystem.numbered("exchange-binanceNN-adapter"), "on", ">by-hand", "~*", "+@read");
        }
    }

    private static void kill(ChildProvision child) {
        try {
            child.kill();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void finishedBy(Command command) {
        if (command == Command.INIT) {
            converges();
        }
        restores();
    }

    private void converges() {
        Ran init = ecosystem.run("init");
        assertEquals(0, init.exitCode(), () -> name + ": " + init);
        Ran plan = ecosystem.run("plan", "--detailed-exitcode");
        assertEquals(0, plan.exitCode(), () -> name + ": " + plan);
        assertEquals(List.of("200"), ecosystem.query("""
                SELECT (SELECT count(*) FROM exchange_okxNN.trades) + (SELECT count(*) FROM exchange_okxNN.ticks)
                """), name);
        assertEquals(List.of(), ecosystem.openIntents(), name);
    }

    private void restores() {
        Ran rollback = ecosystem.run("rollback", "--yes");
        assertEquals(0, rollback.exitCode(), () -> name + ": " + rollback);
    }

    void leavesNothing() {
        assertEquals(before, ecosystem.catalogs(), name);
        assertEquals(usersBefore, ecosystem.redisUsers(), name);
        assertEquals(identities, ecosystem.query(IDENTITIES), name);
        assertEquals(List.of("200"), ecosystem.query(
                "SELECT (SELECT count(*) FROM public.trades) + (SELECT count(*) FROM public.ticks)"), name);
        assertEquals(false, ecosystem.stands("volumes"), name);
    }
}
