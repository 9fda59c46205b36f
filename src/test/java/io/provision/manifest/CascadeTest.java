package io.provision.manifest;

import static io.provision.manifest.ManifestText.HEAD;
import static io.provision.manifest.ManifestText.manifest;
import static io.provision.manifest.ManifestText.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.provision.naming.NamingRule;
import io.provision.problem.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Defaults, then the service, then the instance; and a later file over an earlier one. */
class CascadeTest {

    private static final String BASE = """
            ecosystem: test
            postgres: {url: "postgres://u:secret@base/d", tls: {ca: ca.pem}}
            redis: {url: embedded}
            defaults:
              readers: [monitor_user]
              password: {generate: "secrets/{instance}"}
              labels: {a: default, b: default, c: default}
            services:
              exchange-simulator:
                labels: {b: service, c: service}
                ports: {grpc: 50051}
                adapter: {rule: python-data-adapter, env_prefix: X_}
            instances:
              exchange-A:
                labels: {c: instance}
                ports: {http: 8081}
              exchange-B: {readers: [], ports: {grpc: 50052}, password: {env: B}, adapter: component}
            """;

    @Test
    void theNearerOneWinsAndMapsMergeKeyByKey() {
        Instance a = manifest(BASE).instance("exchange-A").orElseThrow();
        assertEquals(Map.of("a", "default", "b", "service", "c", "instance"), a.labels());
        assertEquals(8081, a.ports().http().orElseThrow());
        assertEquals(50051, a.ports().grpc().orElseThrow());
    }

    @Test
    void listsReplace() {
        assertEquals(List.of(), manifest(BASE).instance("exchange-B").orElseThrow().readers());
    }

    @Test
    void aNearerPasswordReplacesTheFartherOneWholeForItHasOneSource() {
        assertEquals(Optional.of(new PasswordSource.Environment("B")),
                manifest(BASE).instance("exchange-B").orElseThrow().postgresPassword());
    }

    @Test
    void aNearerAdapterThatSaysItsRuleTakesNoPrefixFromTheFartherOne() {
        assertEquals(NamingRule.COMPONENT, manifest(BASE).instance("exchange-B").orElseThrow().adapter().rule());
        assertEquals(Optional.empty(),
                manifest(BASE).instance("exchange-B").orElseThrow().adapter().environmentPrefix());
    }

    @Test
    void aNearerAdapterThatSaysOnlyItsPrefixKeepsTheRule() {
        Instance a = manifest(BASE, "instances: {exchange-A: {adapter: {env_prefix: Y_}}}")
                .instance("exchange-A").orElseThrow();
        assertEquals(NamingRule.PYTHON_DATA_ADAPTER, a.adapter().rule());
        assertEquals(Optional.of("Y_"), a.adapter().environmentPrefix());
    }

    @Test
    void anAdapterSaidInOneWordIsTheRuleOfANearerPrefix() {
        Instance b = manifest(BASE, """
                services: {exchange-simulator: {adapter: python-data-adapter}}
                instances: {exchange-A: {adapter: {env_prefix: Y_}}}
                """).instance("exchange-A").orElseThrow();
        assertEquals(NamingRule.PYTHON_DATA_ADAPTER, b.adapter().rule());
        assertEquals(Optional.of("Y_"), b.adapter().environmentPrefix());
    }

    @Test
    void anAdapterWithoutARuleFollowsTheNamingRule() {
        assertEquals(NamingRule.PYTHON_DATA_ADAPTER, manifest(HEAD, """
                services: {a: {naming: python-data-adapter, adapter: {env_prefix: A_}}}
                instances: {a: }
                """).instances().get(0).adapter().rule());
    }

    @Test
    void aLaterFileIsLaidOverAnEarlierOne() {
        Manifest manifest = manifest(BASE, """
                postgres: {url: postgres://production/d}
                defaults: {protect: true, labels: {a: production}}
                instances:
                  exchange-A: {ports: {http: 9081}}
                  exchange-C:
                    ports: {grpc: 50053}
                """);
        assertEquals(Optional.of("postgres://production/d"), manifest.postgres().url());
        assertEquals(Optional.of(manifest.folder().resolve("ca.pem")), manifest.postgres().tls().orElseThrow().ca());
        assertEquals(List.of("exchange-A", "exchange-B", "exchange-C"),
                manifest.instances().stream().map(Instance::name).toList());
        Instance a = manifest.instance("exchange-A").orElseThrow();
        assertEquals(9081, a.ports().http().orElseThrow());
        assertEquals("production", a.labels().get("a"));
        assertEquals(true, a.protect());
        assertEquals(14, a.place().line());
    }

    @Test
    void whatIsMissingInOneFileMayStandInAnother() {
        assertEquals("test", manifest("ecosystem: test\nredis: {url: embedded}",
                "services: {a: }\ninstances: {a: {password: {env: P}}}").ecosystem());
    }

    @Test
    void effectiveSettingsSayWhereTheyCameFrom() {
        Effective effective = assertInstanceOf(Reading.Read.class, read(BASE,
                "instances: {exchange-A: {environment: {KEY: \"$$x\"}}}")).effective();
        Map<String, String> settings = effective.of("exchange-A").stream().collect(Collectors.toMap(
                Effective.Setting::path,
                setting -> setting.value() + " " + setting.place().map(CascadeTest::place).orElse("built in")));
        assertEquals("default m1.yaml:7", settings.get("labels.a"));
        assertEquals("service m1.yaml:10", settings.get("labels.b"));
        assertEquals("instance m1.yaml:15", settings.get("labels.c"));
        assertEquals("[monitor_user] m1.yaml:5", settings.get("readers"));
        assertEquals("secrets/{instance} m1.yaml:6", settings.get("password.generate"));
        assertEquals("./volumes built in", settings.get("volumes.root"));
        assertEquals("[data, logs] built in", settings.get("volumes.dirs"));
        assertEquals("$$x m2.yaml:1", settings.get("environment.KEY"));
        assertEquals(List.of("exchange-A", "exchange-B"), List.copyOf(effective.instances()));
    }

    @Test
    void effectiveConnectionsHideTheirPasswords() {
        Effective effective = assertInstanceOf(Reading.Read.class, read(BASE)).effective();
        assertEquals("postgres://u:***@base/d", effective.connections().stream()
                .filter(setting -> setting.path().equals("postgres.url"))
                .findFirst().orElseThrow().value());
    }

    @Test
    void pathsOfEveryFileAreRelativeToTheFirstOnesFolder() {
        Manifest manifest = manifest(HEAD, "services: {a: }\ninstances: {a: {sql: x/y}}");
        assertEquals(Optional.of(manifest.folder().resolve("x/y")), manifest.instances().get(0).sql());
    }

    private static String place(Place place) {
        return Path.of(place.file()).getFileName() + ":" + place.line();
    }
}
