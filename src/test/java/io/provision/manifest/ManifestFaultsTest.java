package io.provision.manifest;

import static io.provision.manifest.ManifestText.HEAD;
import static io.provision.manifest.ManifestText.errors;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What each part of a manifest may say, and the whole may not mean: told with its line, all at once. */
class ManifestFaultsTest {

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
                fault("an instance where no service is listed", """
                        instances: {audit-correlator: }
                        """, "4:13: instance `audit-correlator` does not say its service, and no service's stem fits "
                        + "its name — list its service under `services`, such as `audit-correlator: {}`"),
                fault("a service where none is listed", """
                        instances: {exchange-OKX: {service: exchange-simulator}}
                        """, "4:37: instance `exchange-OKX` is of the service `exchange-simulator`, which `services` "
                        + "does not list — list it there: `exchange-simulator: {}`"),
                fault("an instance that two services fit", """
                        services: {market-data-adapter: , market-data-simulator: }
                        instances: {market-data-Coinmetrics: }
                        """, "5:13: instance `market-data-Coinmetrics` does not say its service, and several fit its "
                        + "name: market-data-adapter, market-data-simulator — write `service:` with one of them"),
                fault("one compose service for two", """
                        services: {exchange-simulator: {compose_service: exchange}}
                        instances: {exchange-A: , exchange-B: }
                        """, "4:50: instances `exchange-A` (m1.yaml:4:50) and `exchange-B` are both the compose "
                        + "service `exchange` — write another `compose_service:` for one of them"),
                fault("one table for two", """
                        services: {exchange-simulator: }
                        instances:
                          exchange-A: {migrate: {tables: [orders]}}
                          exchange-B: {migrate: {tables: [orders]}}
                        """, "7:35: instances `exchange-A` (m1.yaml:6:35) and `exchange-B` both claim the table "
                        + "`orders` in `migrate.tables` — a table moves to one instance: take it away from the other"),
                fault("one table for two, by one line of their service", """
                        services: {exchange-simulator: {migrate: {tables: [orders]}}}
                        instances:
                          exchange-A:
                          exchange-B:
                        """, "7:3: instances `exchange-A` (m1.yaml:6:3) and `exchange-B` both claim the table "
                        + "`orders` in `migrate.tables` — a table moves to one instance: take it away from the other"),
                fault("two globs that can mean one table", """
                        services: {exchange-simulator: }
                        instances:
                          exchange-A: {migrate: {tables: [a_*]}}
                          exchange-B: {migrate: {tables: ['*_b']}}
                        """, "7:35: instances `exchange-A` (m1.yaml:6:35) and `exchange-B` claim `a_*` and `*_b`, "
                        + "which can mean one table in `migrate.tables` — a table moves to one instance: take it "
                        + "away from the other"),
                fault("an unknown instance to share with", """
                        services: {exchange-simulator: }
                        instances: {exchange-A: {shares_namespace_with: [exchange-Bx]}, exchange-B: }
                        """, "5:50: `shares_namespace_with` of `exchange-A` names `exchange-Bx`, which `instances` "
                        + "does not list — did you mean `exchange-B`?"),
                fault("moving out of public into public", """
                        services: {exchange-simulator: }
                        instances: {exchange-A: {schema: public, role: exchange_a, migrate: {tables: [x]},
                          adapter: market-data-adapter}}
                        """, "5:78: instance `exchange-A` keeps its data in the schema public, and nothing moves from "
                        + "there into it — take `migrate.tables` away, or give the instance a schema of its own"),
                fault("public as a legacy schema", """
                        services: {exchange-simulator: }
                        instances: {exchange-A: {legacy_schemas: [public]}}
                        """, "5:43: public cannot be a legacy schema: it is in every search path already, and the tool "
                        + "owns it for nobody — take it away"),
                fault("one schema twice", """
                        services: {exchange-simulator: }
                        instances: {exchange-A: {legacy_schemas: [exchange_a]}}
                        """, "5:43: instance `exchange-A` has the schema `exchange_a` twice — take it out of "
                        + "`legacy_schemas`"),
                fault("the journal in public", """
                        postgres: {journal_schema: public}
                        services: {exchange-simulator: }
                        instances: {exchange-A: }
                        """, "4:28: the journal cannot stand in the schema public — leave `journal_schema` out, or "
                        + "name a schema of its own"),
                fault("an instance that shares with itself", """
                        services: {exchange-simulator: }
                        instances: {exchange-A: {shares_namespace_with: [exchange-A]}}
                        """, "5:50: instance `exchange-A` shares its namespace with itself — take it away"),
                fault("two folders in one place of the container", """
                        services: {exchange-simulator: {volumes: {mount: {data: /x, logs: /x}}}}
                        instances: {exchange-A: }
                        """, "4:67: `data` and `logs` are both mounted at /x — give each a place of its own"),
                fault("a placeholder that no name has, where it is written", """
                        services: {cache-service: {schema: "{instnace}_x"}}
                        instances: {cache-A: {}}
                        """, "4:36: instance `cache-A`: `schema: {instnace}_x` cannot be filled: there is no "
                                + "placeholder `{instnace}`, did you mean `{instance}`?"),
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
                fault("a variable that the tool says behind the adapter's prefix", """
                        services: {exchange-simulator: {adapter: {rule: python-data-adapter, env_prefix: X_}}}
                        instances: {exchange-A: {environment: {X_LOG_LEVEL: info, X_ENVIRONMENT: test,
                          X_SCHEMA_NAME: other, Y_SCHEMA_NAME: other}}}
                        """, "6:3: `X_SCHEMA_NAME` in `environment` is set by the tool itself "
                        + "— take it away; the tool's own value is derived from the manifest"),
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
                fault("one port for two, by one line of their service", """
                        services: {exchange-simulator: {ports: {http: 8081}}}
                        instances:
                          exchange-A:
                          exchange-B:
                        """, "7:3", "`exchange-A`", "`exchange-B`", "8081", "m1.yaml:6:3"),
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
    void anOverrideWhereNobodySaidWhichAdapterRunsIsAWarningThatAsksForIt() {
        List<String> warnings = ManifestText.problems(ManifestText.read("""
                ecosystem: e
                redis: {url: embedded}
                services: {order-manager: {schema: order_svc}}
                instances: {order-manager: {password: {env: P}}}
                """));

        assertTrue(warnings.stream().anyMatch(w -> w.contains("say in `adapter:` which data adapter the service runs")),
                warnings::toString);
        assertTrue(warnings.size() < 3, warnings::toString);
    }

    @Test
    void whatElseIsWrongWithAnInstanceIsToldEvenIfItsNamesCannotBeKnown() {
        List<String> errors = errors(HEAD + """
                services: {exchange-simulator: }
                instances:
                  exchange-A: {naming: wrong, ports: {http: 8081}, compose_service: x}
                  exchange-B: {service: nowhere, ports: {http: 8081}, migrate: {tables: [t]}}
                  exchange-C: {stem: other, compose_service: x, migrate: {tables: [t]}}
                """);
        assertEquals(List.of("6:24", "7:25", "7:48", "8:3", "8:46", "8:68"), errors.stream()
                .map(error -> error.split(":")[1] + ":" + error.split(":")[2]).toList(), errors::toString);
    }

    @Test
    void aValueThatAVariableGaveIsNotShown() {
        List<String> errors = ManifestText.problems(ManifestText.read(Map.of("SECRET", "Hunter-Two"), HEAD + """
                postgres: {journal_schema: "${SECRET}", url: "${SECRET}"}
                services: {exchange-simulator: {volumes: {dirs: ["${SECRET}", "${SECRET}", "a/${SECRET}"]}}}
                instances: {exchange-A: }
                """));
        assertEquals(4, errors.size(), errors::toString);
        assertTrue(errors.stream().noneMatch(error -> error.matches("(?i).*hunter.*")), errors::toString);
    }

    @Test
    void aNameThatAVariableGaveIsNotShownNorWhatWouldComeOfIt() {
        List<String> errors = ManifestText.problems(ManifestText.read(Map.of("SECRET", "Hunter-Two"), HEAD + """
                services: {exchange-simulator: {schema: "${SECRET}", legacy_schemas: ["${SECRET}"]}}
                instances: {exchange-A: {service: "${SECRET}"}, exchange-B: {readers: ["${SECRET}"]}}
                """));
        assertTrue(errors.size() >= 4, errors::toString);
        assertTrue(errors.stream().noneMatch(error -> error.matches("(?i).*hunter.*")), errors::toString);
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

    private static Arguments fault(String name, String manifest, String expected) {
        return Arguments.of(name, manifest, expected);
    }

    private static Arguments fault(String name, String manifest, String part, String... more) {
        return Arguments.of(name, manifest, Stream.concat(Stream.of(part), Stream.of(more)).toArray(String[]::new));
    }
}
