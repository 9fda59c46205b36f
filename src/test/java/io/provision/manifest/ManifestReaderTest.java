package io.provision.manifest;

import static io.provision.manifest.ManifestText.HEAD;
import static io.provision.manifest.ManifestText.manifest;
import static io.provision.manifest.ManifestText.problems;
import static io.provision.manifest.ManifestText.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a manifest means. */
class ManifestReaderTest {

    private static final String SERVICES = """
            services:
              audit-correlator:
              exchange-simulator:
            """;

    @Test
    void theSmallestManifestNeedsNothingElse() {
        Manifest manifest = manifest(HEAD + SERVICES + "instances:\n  audit-correlator:\n");
        Instance audit = manifest.instance("audit-correlator").orElseThrow();
        assertEquals("audit", audit.names().schema());
        assertEquals(Instance.Owner.ROLE, audit.owner());
        assertEquals(Migrate.NOTHING, audit.migrate());
        assertEquals(Ports.NONE, audit.ports());
        assertEquals("audit-correlator", audit.composeService());
        assertEquals(List.of("data", "logs"), audit.volumes().stream().map(Volume::kind).toList());
        assertEquals(0750, audit.volumes().get(0).mode());
        assertEquals(Optional.of("/app/data"), audit.volumes().get(0).mount());
        assertEquals(manifest.folder().resolve("volumes/audit-correlator/logs"), audit.volumes().get(1).path());
        assertEquals(Map.of("data", "volumes/audit-correlator/data", "logs", "volumes/audit-correlator/logs"),
                audit.names().volumes());
        assertEquals(Optional.empty(), manifest.postgres().url());
        assertEquals("provision", manifest.postgres().journalSchema());
        assertTrue(manifest.redis().acl());
        assertEquals(List.of(), manifest.warnings());
        assertEquals(64, manifest.sha256().length());
    }

    @Test
    void everySettingArrives() {
        Instance instance = manifest(HEAD + SERVICES + """
                instances:
                  exchange-OKX:
                    owner: admin
                    legacy_schemas: [okx_old]
                    legacy_namespaces: [cache]
                    readers: {monitor_user: {password: {env: M}}, other: }
                    postgres_password: {generate: ".provision/{service}/{instance}"}
                    redis_password: {file: /run/secrets/redis}
                    migrate: {tables: [orders, okx_*], views: compat, owner: role}
                    sql: sql/okx
                    volumes: {root: /srv, dirs: [data, cache], mode: 0700, owner: 1000:1000, mount: {cache: /c}}
                    ports: {http: 8081, grpc: 50051}
                    compose_service: okx
                    labels: {entity_type: exchange}
                    environment: {DEBUG: true, PRICE: $$5}
                    protect: true
                """).instance("exchange-OKX").orElseThrow();
        assertEquals(Instance.Owner.ADMIN, instance.owner());
        assertEquals(List.of("okx_old"), instance.legacySchemas());
        assertEquals(List.of("cache"), instance.legacyNamespaces());
        assertEquals(List.of(
                new Reader("monitor_user", Optional.of(new PasswordSource.Environment("M"))),
                new Reader("other", Optional.empty())), instance.readers());
        assertTrue(instance.postgresPassword().orElseThrow() instanceof PasswordSource.Generate made
                && made.path().endsWith(".provision/exchange-simulator/exchange-OKX"));
        assertTrue(instance.redisPassword().orElseThrow() instanceof PasswordSource.File file
                && file.path().toString().equals("/run/secrets/redis"));
        assertEquals(new Migrate(List.of("orders", "okx_*"), Migrate.Views.COMPAT, Migrate.TableOwner.ROLE),
                instance.migrate());
        assertTrue(instance.sql().orElseThrow().isAbsolute() && instance.sql().orElseThrow().endsWith("sql/okx"));
        assertEquals("/srv/exchange-OKX/cache", instance.volumes().get(1).path().toString());
        assertEquals(Optional.of("/c"), instance.volumes().get(1).mount());
        assertEquals(Optional.of("/app/data"), instance.volumes().get(0).mount());
        assertEquals(0700, instance.volumes().get(0).mode());
        assertEquals(Optional.of("1000:1000"), instance.volumes().get(0).owner());
        assertEquals(8081, instance.ports().http().orElseThrow());
        assertEquals("okx", instance.composeService());
        assertEquals(Map.of("entity_type", "exchange"), instance.labels());
        assertEquals(
                Map.of("DEBUG", new EnvironmentSetting("true", "true"), "PRICE", new EnvironmentSetting("$$5", "$5")),
                instance.environment());
        assertTrue(instance.protect());
    }

    @Test
    void whatIsHardlyMeantIsAWarningWithItsLine() {
        List<String> warnings = problems(read("""
                ecosystem: test
                redis: {url: embedded}
                services:
                  exchange-simulator: {volumes: {mode: 0777, mount: {cach: /x}}}
                  trading-system-engine:
                    adapter: {rule: python-data-adapter, env_prefix: TS_}
                  risk-simulator: {naming: market-data-adapter}
                instances:
                  exchange-A:
                  trading-system-LH:
                  risk-X:
                """));
        assertEquals(6, warnings.size(), warnings::toString);
        assertTrue(warnings.get(0).startsWith("m1.yaml:4:40: volumes of mode 0777"), warnings::toString);
        assertTrue(warnings.get(1).startsWith("m1.yaml:4:60: `volumes.mount` has the folder `cach`"),
                warnings::toString);
        assertTrue(warnings.get(2).contains("no password is told for the PostgreSQL role of `exchange-A`, "
                + "`trading-system-LH`, `risk-X`"), warnings::toString);
        assertTrue(warnings.get(3).contains("no password is told for the Redis user"), warnings::toString);
        assertTrue(warnings.get(4).contains("TS_REDIS_NAMESPACE=trading_system:LH"), warnings::toString);
        assertTrue(warnings.get(5).contains("bare colon"), warnings::toString);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{url: 'redis://h/3'} | 2:14",
        "{url: embedded, service_url: 'rediss://redis:6379/3'} | 2:37",
        "{url: 'redis+sentinel://h1,h2/master/3'} | 2:14"
    })
    void aRedisDatabaseThatTheInstancesMayNotSelectIsAWarning(String redis, String place) {
        assertEquals(
                List.of("m1.yaml:" + place + ": the services are told of database 3 in Redis, and the instances' users"
                        + " may SELECT none but 0: their clients would be refused — name no database, or write"
                        + " `redis.commands: [+select|3]`"),
                ofRedis(redis));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{url: 'redis://h/0'}",
        "{url: 'redis://h'}",
        "{url: 'redis://h/3', service_url: 'redis://h'}",
        "{url: 'redis://h/3', acl: off}",
        "{url: 'redis://h/3', commands: ['+select|3']}",
        "{url: 'redis+sentinel://h1,h2/3'}"
    })
    void oneThatTheyMaySelectIsNone(String redis) {
        assertEquals(List.of(), ofRedis(redis));
    }

    private static List<String> ofRedis(String redis) {
        return problems(read("""
                ecosystem: test
                redis: %s
                defaults: {password: {env: PASSWORD}}
                services: {exchange-simulator: }
                instances: {exchange-A: }
                """.formatted(redis)));
    }

    @Test
    void aGeneratedPasswordThatSeveralInstancesShareIsAWarning() {
        List<String> warnings = problems(read("""
                ecosystem: test
                redis: {url: embedded}
                defaults: {password: {generate: .provision/secrets/all}}
                services: {exchange-simulator: }
                instances: {exchange-A: , exchange-B: }
                """));
        assertEquals(List.of("m1.yaml:3:33: one generated password is shared by `exchange-A`, `exchange-B` — write "
                + "{instance} in its path, so that each gets its own"), warnings);
    }

    @Test
    void aFaultOfALaterFileNamesThatFile() {
        assertEquals(List.of("m2.yaml:2:30: `instances.exchange-A.ports.http` must be a port, 1 to 65535, not `0`"),
                ManifestText.errors(HEAD + SERVICES + "instances: {exchange-A: }",
                        "instances:\n  exchange-A: {ports: {http: 0}}"));
    }

    @Test
    void aVariableThatIsNotSetIsToldWithItsLineAndAnotherOnesValueIsNot() {
        Reading reading = read(Map.of("SECRET", "hunter2"), HEAD + """
                postgres: {url: "${SECRET}", service_url: "${NOT_SET}"}
                services: {exchange-simulator: {naming: "${SECRET}", ports: {http: "${SECRET}"}}}
                instances: {exchange-A: {service: "${SECRET}"}}
                """);
        List<String> errors = problems(reading);
        assertTrue(errors.stream().anyMatch(e -> e.equals("m1.yaml:4:43: the variable NOT_SET is not set, or empty — "
                + "set it, or write a default: ${NOT_SET:-…}")), errors::toString);
        assertFalse(errors.toString().contains("hunter2"), errors::toString);
    }

    @Test
    void underTurkishRulesNamesAreTheSame() {
        Locale before = Locale.getDefault();
        Locale.setDefault(new Locale.Builder().setLanguage("tr").setRegion("TR").build());
        try {
            Instance instance = manifest(HEAD + SERVICES + "instances: {exchange-BITFINEX: {owner: admin}}")
                    .instances().get(0);
            assertEquals("exchange-bitfinex", instance.composeService());
            assertEquals("exchange_bitfinex", instance.names().schema());
            assertEquals(Instance.Owner.ADMIN, instance.owner());
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void tenThousandInstancesAreRead() {
        String instances = IntStream.range(0, 10_000)
                .mapToObj(i -> "  exchange-E" + i + ": {ports: {http: " + (10_000 + i) + "}, migrate: {tables: [e" + i
                        + "_*]}}\n")
                .collect(Collectors.joining());
        assertEquals(10_000, manifest(HEAD + SERVICES + "instances:\n" + instances).instances().size());
    }
}
