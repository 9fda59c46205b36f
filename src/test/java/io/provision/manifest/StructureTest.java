package io.provision.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Strict reading: each fault with its line, its column and what to do. */
class StructureTest {

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("an unknown key", """
                        instances:
                          audit-correlator: {migrat: {}}
                        """, "2:22: unknown key `migrat` in `instances.audit-correlator` — did you mean `migrate`?"),
                fault("an unknown key at the top", "instancs: {}",
                        "1:1: unknown key `instancs` in the manifest — did you mean `instances`?"),
                fault("a hyphen for an underscore", "defaults: {legacy-schemas: []}",
                        "1:12: unknown key `legacy-schemas` in `defaults` — did you mean `legacy_schemas`?"),
                fault("a key that is like none", "defaults: {ports: {telnet: 23}}",
                        "1:20: unknown key `telnet` in `defaults.ports` — known: http, grpc"),
                fault("a key written twice", """
                        instances:
                          a: {}
                          b: {}
                          a: {}
                        """, "4:3: the key `a` is written twice, first on line 2 — keep one of them"),
                fault("a list where a map belongs", "instances: [a, b]",
                        "1:12: `instances` is a list — write a map"),
                fault("a text where a map belongs", "defaults: {ports: 8080}",
                        "1:19: `defaults.ports` is a single value — write a map of http, grpc"),
                fault("a map where a text belongs", "ecosystem: {name: x}",
                        "1:12: `ecosystem` is a map — write a name of letters, digits, `_`, `.` and `-`"),
                fault("nothing where a text belongs", "ecosystem:",
                        "1:1: `ecosystem` is empty — write a name of letters, digits, `_`, `.` and `-`, or take the "
                                + "key away"),
                fault("a port that is none", "defaults: {ports: {http: 65536}}",
                        "1:26: `defaults.ports.http` must be a port, 1 to 65535, not `65536`"),
                fault("a mode that is not octal", "defaults: {volumes: {mode: 0980}}",
                        "1:28: `defaults.volumes.mode` must be an octal mode such as 0750, not `0980`"),
                fault("yes for true", "defaults: {protect: yes}",
                        "1:21: `defaults.protect` cannot be `yes` — known: true, false"),
                fault("a boolean in capitals", "defaults: {protect: True}",
                        "1:21: `defaults.protect` cannot be `True` — did you mean `true`?"),
                fault("an unknown rule", "defaults: {naming: componnt}",
                        "1:20: `defaults.naming` cannot be `componnt` — did you mean `component`?"),
                fault("two sources of one password", "defaults: {password: {env: A, file: b}}",
                        "1:12: `defaults.password` must say exactly one of env, file, generate"),
                fault("an instance's bad name", "instances: {exchange--OKX: {}}",
                        "1:13: `exchange--OKX` in `instances` is not an instance's name: segments of letters, digits "
                                + "and _ joined by single hyphens, a letter first, 63 at most"),
                fault("a service in capitals", "services: {Exchange: {}}",
                        "1:12: `Exchange` in `services` is not a service's name: lower-case segments joined by single "
                                + "hyphens, a letter first, 63 at most"),
                fault("a label of the tool's own", "defaults: {labels: {service: x}}",
                        "1:21: `service` in `defaults.labels` is set by the tool itself — take it away; the tool's "
                                + "own value is derived from the manifest"),
                fault("a label that Prometheus keeps", "defaults: {labels: {__name__: x}}",
                        "1:21: `__name__` in `defaults.labels` is not a label of letters, digits and `_`, not "
                                + "beginning with `__`"),
                fault("a variable of the tool's own", "defaults: {environment: {SCHEMA_NAME: x}}",
                        "1:26: `SCHEMA_NAME` in `defaults.environment` is set by the tool itself — take it away; the "
                                + "tool's own value is derived from the manifest"),
                fault("a value of two lines", "defaults: {labels: {a: \"x\\u2028y\"}}",
                        "1:24: `defaults.labels.a` must be a text of one line"),
                fault("a variable's value of several lines, as keys have them, not shown", """
                        defaults: {environment: {KEY: "-----BEGIN PRIVATE KEY-----\\nc2VjcmV0"}}
                        """, "1:31: `defaults.environment.KEY` must be a text of one line"),
                fault("a key where its file belongs, not shown", """
                        redis: {url: embedded, tls: {cert: c, key: "-----BEGIN PRIVATE KEY-----\\nc2VjcmV0"}}
                        """, "1:44: `redis.tls.key` must be a path (a shell's ~ is none), not several lines"),
                fault("a home that only a shell knows", "defaults: {password: {generate: ~/secrets}}",
                        "1:33: `defaults.password.generate` must be a path (a shell's ~ is none), not `~/secrets`"),
                fault("a root below such a home", "defaults: {volumes: {root: ~ops/volumes}}",
                        "1:28: `defaults.volumes.root` must be a path (a shell's ~ is none) without placeholders, not "
                                + "`~ops/volumes`"),
                fault("a root with an instance's name, which follows it by itself",
                        "defaults: {volumes: {root: \"./volumes/{instance}\"}}",
                        "1:28: `defaults.volumes.root` must be a path (a shell's ~ is none) without placeholders, not "
                                + "`./volumes/{instance}`"),
                fault("several lines where a word belongs", "defaults: {owner: \"x\\ny\"}",
                        "1:19: `defaults.owner` cannot be several lines — known: role, admin"),
                fault("a value without end", "defaults: {ports: {http: " + "8".repeat(5000) + "}}",
                        "1:26: `defaults.ports.http` must be a port, 1 to 65535, not `" + "8".repeat(300) + "…`"),
                fault("a variable that no shell takes", "defaults: {environment: {A-B: x}}",
                        "1:26: `A-B` in `defaults.environment` is not the name of an environment variable"),
                fault("a mount that is not absolute", "defaults: {volumes: {mount: {data: app}}}",
                        "1:36: `defaults.volumes.mount.data` must be an absolute path in the container, not `app`"),
                fault("a folder that leads elsewhere", "defaults: {volumes: {dirs: [data, ../x]}}",
                        "1:35: `defaults.volumes.dirs[2]` must be a folder's plain name, not `../x`"),
                fault("a compose service with a space", "defaults: {compose_service: a b}",
                        "1:29: `defaults.compose_service` must be a compose service's name, not `a b`"),
                fault("a table with its schema", "defaults: {migrate: {tables: [public.orders]}}",
                        "1:31: `defaults.migrate.tables[1]` must be a table of public, or a glob with * and ?, without "
                                + "schema or quotes, 255 characters at most, not `public.orders`"),
                fault("a glob longer than any name", "defaults: {migrate: {tables: [" + "a*".repeat(128) + "]}}",
                        "1:31: `defaults.migrate.tables[1]` must be a table of public, or a glob with * and ?, without "
                                + "schema or quotes, 255 characters at most, not `" + "a*".repeat(128) + "`"),
                fault("a URL of another database, its password not shown", "postgres: {url: 'mysql://u:secret@h/d'}",
                        "1:17: `postgres.url` must be `embedded`, or a URL that begins with postgres://, "
                                + "postgresql:// or jdbc:postgresql://"),
                fault("a URL of another store, its password not shown", "redis: {url: 'http://u:secret@h/d'}",
                        "1:14: `redis.url` must be `embedded`, or a URL that begins with redis://, rediss:// or "
                                + "redis+sentinel://"),
                fault("a merge key", "services: {a: &a {protect: true}, b: {<<: *a}}",
                        "1:39: merge keys (`<<`) are not read — write shared settings under `defaults` or a service"),
                fault("a tag", "ecosystem: !secret x",
                        "1:12: the tag `!secret` is not read — write the value without a tag"),
                fault("a key that is a list", "? [a, b]\n: c",
                        "1:3: a key is a map or a list — keys are single words"),
                fault("a variable in a key", "instances: {'a${B}': {}}",
                        "1:13: the key `a${B}` has a variable — variables are filled in values only"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void aFaultIsToldWithItsPlaceAndItsRemedy(String name, String manifest, String expected) {
        assertEquals(List.of("m.yaml:" + expected), structuralFaults(manifest));
    }

    @Test
    void faultsThatHaveNothingToDoWithEachOtherAreAllTold() {
        List<String> faults = structuralFaults("""
                ecosystem: [trading]
                postgres: {url: oracle, distribut: true}
                defaults: {protect: yes, password: {env: A, file: b}}
                services:
                  Exchange: {}
                  exchange: {naming: componnt}
                instances:
                  a: {ports: {http: 0}}
                  a: {}
                """);
        assertEquals(List.of(1, 2, 2, 3, 3, 5, 6, 8, 9),
                faults.stream().map(fault -> Integer.valueOf(fault.split(":")[1])).toList(), faults::toString);
    }

    @Test
    void anAliasMeansWhatItsAnchorSays() {
        assertEquals(List.of(), structuralFaults("services: {a: &shared {protect: true}, b: *shared}"));
    }

    @Test
    void aFaultBehindAnAnchorIsToldOnceHoweverOftenItIsUsed() {
        assertEquals(1, structuralFaults("services: {a: &shared {protec: true}, b: *shared, c: *shared}").size());
    }

    @Test
    void nothingBehindAnInstanceIsAnInstanceWithoutSettings() {
        assertEquals(List.of(), structuralFaults("instances:\n  audit-correlator:\n  exchange-OKX:\n    ports:\n"));
    }

    @Test
    void scalarsAreReadByTheirText() {
        assertEquals(List.of(), structuralFaults("""
                redis: {acl: off}
                defaults:
                  labels: {a: yes, b: 0750, c: 1e3, d: true, e: 2020-01-01, f: ""}
                  volumes: {mode: 0o750, owner: 1000:1000}
                  ports: {http: "8080"}
                """));
    }

    private static Arguments fault(String name, String manifest, String expected) {
        return Arguments.of(name, manifest, expected);
    }

    private static List<String> structuralFaults(String manifest) {
        Faults faults = new Faults();
        SourceFile source = new SourceFile("m.yaml", manifest.getBytes(StandardCharsets.UTF_8), manifest);
        new Structure(faults).check(YamlDocument.read(source, new Variables(Map.of(), faults), faults));
        return faults.sorted(List.of("m.yaml")).stream().map(Object::toString).toList();
    }
}
