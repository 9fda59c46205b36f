package io.provision.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.embedded.EmbeddedStatus;
import io.provision.embedded.Kind;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** What a person sees with psql and redis-cli, through the URLs that {@code embedded start} prints. */
class ProvisionedServersIT {

    private static final String INSUFFICIENT_PRIVILEGE = "42501";

    @TempDir
    private static Path folder;

    private static Project project;
    private static String postgresUrl;
    private static String redisUrl;

    @BeforeAll
    static void init() {
        project = Project.shipped(folder);
        String printed = project.run("embedded", "start").expect(0).out();
        postgresUrl = url(printed, "postgresql://");
        redisUrl = url(printed, "redis://");
        project.run("init").expect(0);
    }

    @AfterAll
    static void stop() {
        project.stopEmbedded();
    }

    private static String url(String printed, String scheme) {
        return printed.lines().filter(line -> line.contains(scheme)).findFirst()
                .map(line -> line.substring(line.indexOf(scheme))).orElseThrow(() -> new AssertionError(printed));
    }

    @Test
    void initLeavesThemRunning() {
        assertEquals(EmbeddedStatus.State.KEPT, project.embedded().state());
        String status = project.run("embedded", "status").expect(0).out();
        assertTrue(status.startsWith("The embedded servers run;"), status);
        assertTrue(status.contains(postgresUrl) && status.contains(redisUrl), status);
    }

    @Test
    void theReaderReadsATableThatTheInstancesRoleMakes() {
        try (Database role = as("exchange_okx_adapter");
                Database admin = Database.at(postgresUrl)) {
            role.run("CREATE TABLE orders (id int); INSERT INTO orders VALUES (7)");
            assertEquals("exchange_okx", admin.ask("SELECT schemaname FROM pg_tables WHERE tablename = 'orders'"));
            admin.run("SET ROLE monitor_user");

            assertEquals("7", admin.ask("SELECT id FROM exchange_okx.orders"));
            assertEquals(INSUFFICIENT_PRIVILEGE, admin.refusal("INSERT INTO exchange_okx.orders VALUES (8)"));
        }
    }

    @Test
    void anInstanceSeesNothingOfAnother() {
        try (Database custodian = as("custodian_komainu_adapter"); Database exchange = as("exchange_okx_adapter")) {
            custodian.run("CREATE TABLE accounts (id int)");

            assertEquals(INSUFFICIENT_PRIVILEGE, exchange.refusal("SELECT * FROM custodian_komainu.accounts"));
            assertEquals(INSUFFICIENT_PRIVILEGE, exchange.refusal("CREATE TABLE custodian_komainu.mine ()"));
            assertEquals(INSUFFICIENT_PRIVILEGE, exchange.refusal("SET ROLE custodian_komainu_adapter"));
            assertEquals(INSUFFICIENT_PRIVILEGE, exchange.refusal("SET ROLE monitor_user"));
            assertEquals(INSUFFICIENT_PRIVILEGE, exchange.refusal("SELECT * FROM provision.changes"));
            assertEquals("0", exchange.ask("""
                    SELECT count(*)
                    FROM information_schema.tables
                    WHERE table_schema = 'custodian_komainu'
                    """));
        }
    }

    @Test
    void theHealthCheckAnswers() {
        try (Database role = as("audit_adapter"); Database admin = Database.at(postgresUrl)) {
            String question = "SELECT audit.health_check() ->> 'status'";
            assertEquals("healthy", role.ask(question));
            assertEquals("healthy", admin.ask(question));
        }
    }

    @Test
    void theLegacySchemaIsAfterItsOwnInTheSearchPath() {
        try (Database role = as("audit_adapter")) {
            assertEquals(
                    List.of("audit", "audit_correlator", "public"),
                    role.column("SELECT unnest(current_schemas(false))"));
        }
    }

    @Test
    void theJournalHoldsEveryChangeAndNoSecret() {
        try (Database admin = Database.at(postgresUrl)) {
            assertEquals("103", admin.ask("SELECT count(*) FROM provision.changes"));
            String journal = String.join("\n", admin.column("SELECT c::text FROM provision.changes c"));
            assertFalse(journal.contains("SCRAM-SHA-256"), journal);
            project.secrets().forEach(secret -> assertFalse(journal.contains(secret)));
        }
    }

    @Test
    void nothingStaysInRedis() {
        try (Jedis redis = new Jedis(URI.create(redisUrl))) {
            assertEquals(0, redis.dbSize());
        }
    }

    /** As the service itself logs in. */
    private static Database as(String role) {
        String instance = switch (role) {
            case "exchange_okx_adapter" -> "exchange-OKX";
            case "custodian_komainu_adapter" -> "custodian-Komainu";
            default -> "audit-correlator";
        };
        return Database.at(postgresUrl, role, project.read(".provision/secrets/" + instance).strip());
    }

    @Test
    void theUrlsAreTheServersOwn() {
        assertEquals(postgresUrl, project.embeddedUrl(Kind.POSTGRES).orElseThrow());
        assertEquals(redisUrl, project.embeddedUrl(Kind.REDIS).orElseThrow());
    }
}
