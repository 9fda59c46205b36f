package io.provision.manifest;

import static io.provision.manifest.ManifestText.HEAD;
import static io.provision.manifest.ManifestText.errors;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a manifest means, and everything that is wrong with one, told at once. */
class ManifestReaderTest {

    private static final String SERVICES = """
            services:
              audit-correlator:
              exchange-simulator:
            """;

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("a service that is not listed", """
                        services: {exchange-simulator: }
                        instances: {exchange-OKX: {service: exchange-simulater}}
                        """, "5:37: instance `exchange-OKX` is of the service `exchange-simulater`, which `services` "
                        + "does not list — did you mean `exchange-simulator`?"),
                fault("an instance whose service nothing tells", """
                        services: {exchange-simulator: }
                        instances: {custodian-Komainu: }
                        """, "5:13: instance `custodian-Komainu` does not say its service, and no service's stem fits "
                        + "its name — write `service:`; known: exchange-simulator"),
                fault("an instance that two services fit", """
                        services: {market-data-adapter: , market-data-simulator: }
                        instances: {market-data-Coinmetrics: }
                        """, "5:13: instance `market-data-Coinmetrics` does not say its service, and several fit its "
                        + "name: market-data-adapter, market-data-simulator — write `service:` with one of them"),
                fault("one compose service for two", """
                        services: {exchange-simulator: {compose_service: exchange}}
                        instances: {exchange-A: , exchange-B: }
                        """, "4:50: instances `exchange-A` (m1.yaml:4:50) and `exchange-B` are both the compose service "
                        + "`exchange` — write another `compose_service:` for one of them"),
                fault("one table for two", """
                        services: {exchange-simulator: }
                        instances:
                          exchange-A: {migrate: {tables: [orders]}}
                          exchange-B: {migrate: {tables: [orders]}}
                        """, "7:35: instances `exchange-A` (m1.yaml:6:35) and `exchange-B` both claim the table "
                        + "`orders` in `migrate.tables` — a table moves to one instance: take it away from the other"),
                fault("two globs that can mean one table", """
                        services: {exchange-simulator: }
                        instances:
                          exchange-A: {migrate: {tables: [a_*]}}
                          exchange-B: {migrate: {tables: ['*_b']}}
                        """, "6:35: instances `exchange-B` (m1.yaml:7:35) and `exchange-A` claim `*_b` and `a_*`, which "
                        + "can mean one table in `migrate.tables` — a table moves to one instance: take it away from "
                        + "the other"),
                fault("an unknown instance to share with", """
                        services: {exchange-simulator: }
                        instances: {exchange-A: {shares_namespace_with: [exchange-Bx]}, exchange-B: }
                        """, "5:50: `shares_namespace_with` of `exchange-A` names `exchange-Bx`, which `instances` does "
                        + "not list — did you mean `exchange-B`?"),
                fault("moving out of public into public", """
                        services: {exchange-simulator: }
                        instances: {exchange-A: {schema: public, role: exchange_a, migrate: {tables: [x]},
                          adapter: market-data-adapter}}
                        """, "5:78: instance `exchange-A` keeps its data in the schema public, and nothing moves from "
                        + "there into it — take `migrate.tables` away, or give the instance a schema of its own"),
                fault("a placeholder that no password path has", """
                        services: {exchange-simulator: {password: {generate: "x/{entity}"}}}
                        instances: {exchange-A: }
                        """, "4:54: the placeholder `{entity}` is unknown in a password's path — known: {instance}, "
                        + "{service}"),
                fault("a prefix for an adapter that reads none", """
                        services: {exchange-simulator: {adapter: {rule: component, env_prefix: X_}}}
                        instances: {exchange-A: }
                        """, "4:72: the adapter component reads no prefixed variables — take `env_prefix` away, or say "
                        + "`rule: python-data-adapter`"),
                fault("two folders that a case-blind file system takes for one", """
                        services: {exchange-simulator: {volumes: {dirs: [data, Data]}}}
                        instances: {exchange-A: }
                        """, "4:56: the folder `Data` is listed twice in `volumes.dirs` (some file systems are "
                        + "case-blind) — keep one of them"),
                fault("a reader with two passwords", """
                        services: {exchange-simulator: }
                        instances:
                          exchange-A: {readers: {monitor: {password: {env: A}}}}
                          exchange-B: {readers: {monitor: {password: {env: B}}}}
                        """, "7:26: the reader `monitor` has one password for instance `exchange-A` and another for "
                        + "`exchange-B`, and is one role — say its password once, under `defaults`, without {instance} "
                        + "or {service}"),
                fault("a certificate without its key", """
                        postgres: {tls: {cert: client.pem}}
                        services: {exchange-simulator: }
                        instances: {exchange-A: }
                        """, "4:12: a client certificate needs both `cert` and `key` — write the other one too"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void aFaultIsToldWithItsPlaceAndItsRemedy(String name, String manifest, String expected) {
        assertEquals(List.of("m1.yaml:" + expected), errors(HEAD + manifest));
    }

    static Stream<Arguments> faultsOfNames() {
        return Stream.of(
                fault("one schema for two", """
                        services: {exchange-simulator: {naming: project-plan}}
                        instances:
                          exchange-A-1: {role: a}
                          exchange-A-2: {role: b}
                        """, "7:3", "`exchange-A-1`", "`exchange-A-2`", "`exchange_a`", "m1.yaml:6:3"),
                fault("one port for two", """
                        services: {exchange-simulator: }
                        instances:
                          exchange-A: {ports: {http: 8081}}
                          exchange-B: {ports: {grpc: 8081}}
                        """, "7:30", "`exchange-A`", "`exchange-B`", "8081", "m1.yaml:6:30"),
                fault("a namespace within another", """
                        services: {market-data-simulator: }
                        instances:
                          market-data-simulator: {stem: market-data}
                          market-data-A:
                        """, "7:3", "`market_data`", "`market_data:A`", "m1.yaml:6:3"),
                fault("a legacy schema that is another's", """
                        services: {exchange-simulator: }
                        instances:
                          exchange-A: {legacy_schemas: [exchange_b]}
                          exchange-B:
                        """, "`exchange-A`", "`exchange-B`", "`exchange_b`"),
                fault("a reserved word", """
                        services: {order-manager: }
                        instances: {order-manager: }
                        """, "5:13", "`order-manager`", "`order`", "schema:"),
                fault("a schema of the server's own, said by an override", """
                        services: {exchange-simulator: {schema: pg_x}}
                        instances: {exchange-A: }
                        """, "4:41", "`exchange-A`", "`pg_x`"),
                fault("the journal's schema", """
                        postgres: {journal_schema: exchange_a}
                        services: {exchange-simulator: }
                        instances: {exchange-A: }
                        """, "`exchange-A`", "`exchange_a`", "journal"),
                fault("an adapter that computes something else and cannot be told", """
                        services: {trading-system-engine: {adapter: audit-data-adapter}}
                        instances: {trading-system-LH: }
                        """, "5:13", "`trading-system-LH`", "`trading:system-LH`", "`trading_system:LH`",
                        "cannot be told"),
                fault("a legacy schema that is no identifier", """
                        services: {exchange-simulator: {legacy_schemas: [Old]}}
                        instances: {exchange-A: }
                        """, "4:50", "`Old`"),
                fault("a reader that is no identifier", """
                        services: {exchange-simulator: {readers: [Grafana Reader]}}
                        instances: {exchange-A: }
                        """, "4:43", "`Grafana Reader`"),
                fault("a legacy namespace that is a pattern", """
                        services: {exchange-simulator: {legacy_namespaces: ["cache*"]}}
                        instances: {exchange-A: }
                        """, "4:53", "`cache*`"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faultsOfNames")
    void aFaultOfNamesIsToldWithItsPlaceAndBothInstances(String name, String manifest, String[] parts) {
        List<String> errors = errors(HEAD + manifest);
        assertTrue(errors.stream().anyMatch(e -> Stream.of(parts).allMatch(e::contains)), errors::toString);
    }

    @Test
    void aManifestWithEightFaultsTellsAllEight() {
        List<String> errors = errors("""
                ecosystem: test
                redis: {url: "http://h"}
                postgres: {url: "${NOWHERE}", distribut: true}
                defaults: {password: {env: P}, readers: [Bad Name]}
                services:
                  exchange-simulator: {labels: {__x: y}}
                instances:
                  exchange-A: {ports: {http: 8081}}
                  exchange-B: {ports: {http: 8081}}
                  exchange-C: {service: exchange-simulatr}
                  exchange-D: {migrate: {tables: [a.b]}}
                """);
        assertEquals(List.of(2, 3, 3, 4, 6, 9, 10, 11),
                errors.stream().map(error -> Integer.valueOf(error.split(":")[1])).toList(), errors::toString);
    }

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
        assertEquals(Map.of("DEBUG", "true", "PRICE", "$5"), instance.environment());
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

    @Test
    void aVariableThatIsNotSetIsToldWithItsLineAndAnotherOnesValueIsNot() {
        Reading reading = read(Map.of("SECRET", "hunter2"), HEAD + """
                postgres: {url: "${SECRET}", service_url: "${NOT_SET}"}
                defaults: {protect: "${SECRET}", ports: {http: "${SECRET}"}}
                services: {exchange-simulator: {naming: "${SECRET}"}}
                instances: {exchange-A: {service: "${SECRET}"}}
                """.replace("defaults:", "services_:"));
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

    private static Arguments fault(String name, String manifest, String expected) {
        return Arguments.of(name, manifest, expected);
    }

    private static Arguments fault(String name, String manifest, String part, String... more) {
        return Arguments.of(name, manifest, Stream.concat(Stream.of(part), Stream.of(more)).toArray(String[]::new));
    }
}
