package io.provision.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.manifest.Instance;
import io.provision.manifest.Manifest;
import io.provision.manifest.ManifestReader;
import io.provision.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceUrlsTest {

    private static final String PASSWORD = "${OWN:?set it}";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "component | postgresql://db:5432/eco | postgresql://{login}@db:5432/eco",
        "component | postgres://admin:secret@db/eco?sslmode=require | postgresql://{login}@db/eco?sslmode=require",
        "component | jdbc:postgresql://a:1,b:2/eco?user=admin&password=x&tcpKeepAlive=true"
                + " | postgresql://{login}@a:1,b:2/eco?tcpKeepAlive=true",
        "python-data-adapter | postgresql://db/eco?sslmode=require | postgresql+asyncpg://{login}@db/eco?ssl=require",
        "component | postgresql+asyncpg://db/eco | postgresql://{login}@db/eco",
    })
    void theServiceGetsItsOwnLoginInTheFormOfItsAdapter(String adapter, String url, String expected)
            throws IOException {
        Manifest manifest = manifest(adapter, "{url: \"" + url + "\"}", "{url: \"redis://r\"}");

        String told = new ServiceUrls(manifest).postgres(only(manifest)).forCompose();

        assertEquals(expected.replace("{login}", "cache_a_adapter:" + PASSWORD), told);
    }

    @ParameterizedTest
    @CsvSource({
        "redis://r:6379/0, on, redis://cache-a-adapter:${OWN:?set it}@r:6379/0",
        "rediss://:secret@r, on, rediss://cache-a-adapter:${OWN:?set it}@r",
        "redis://r:6379/0, off, redis://r:6379/0",
        "redis://app:secret@r/1, off, redis://app:${REDIS_PASSWORD:?set it}@r/1",
    })
    void redisIsToldWithTheInstancesUserWhereThereIsOne(String url, String acl, String expected) throws IOException {
        Manifest manifest = manifest("component", "{url: \"postgresql://db/eco\"}",
                "{url: \"%s\", acl: %s}".formatted(url, acl));

        assertEquals(expected, new ServiceUrls(manifest).redis(only(manifest)).forCompose());
    }

    @ParameterizedTest
    @CsvSource({"on, cache-a-adapter:${OWN:?set it}@", "off, ''"})
    void noLoginInTheParametersOfAUrlIsToldToAService(String acl, String login) throws IOException {
        Manifest manifest = manifest("component", "{url: \"postgresql://db/eco\"}",
                "{url: \"redis://r\", acl: %s, service_url: \"redis://r:6379/0?username=app&password=hush&timeout=5\"}"
                        .formatted(acl));

        assertEquals("redis://%sr:6379/0?timeout=5".formatted(login),
                new ServiceUrls(manifest).redis(only(manifest)).forCompose());
    }

    @Test
    void whatWouldEndTheUserInAUrlIsPercentEncoded() throws IOException {
        Manifest manifest = manifest("component, redis_user: \"team:cache@eu\"",
                "{url: \"postgresql://db/eco\"}", "{url: \"redis://r\"}");

        assertEquals("redis://team%3Acache%40eu:" + PASSWORD + "@r",
                new ServiceUrls(manifest).redis(only(manifest)).forCompose());
    }

    @Test
    void serversThatTheManifestDoesNotPlaceAreToldOf() throws IOException {
        Manifest manifest = manifest("component", "{url: embedded}", "{url: \"redis://localhost:6379\"}");

        List<Problem> warnings = new ServiceUrls(manifest).warnings();

        assertEquals(List.of(
                "the manifest does not say where the services find PostgreSQL: postgres:5432/my_eco is assumed"
                        + " — write `postgres.service_url`",
                "the services are told that Redis is on localhost, which in a container is the container"
                        + " — write `redis.service_url`"),
                warnings.stream().map(Problem::toString).toList());
    }

    private static Instance only(Manifest manifest) {
        return manifest.instances().get(0);
    }

    private Manifest manifest(String adapter, String postgres, String redis) throws IOException {
        Path file = folder.resolve("instances.yaml");
        Files.writeString(file, """
                ecosystem: my-eco
                postgres: %s
                redis: %s
                services: {cache-service: {adapter: %s, password: {env: OWN}}}
                instances: {cache-A: {schema: cache_a}}
                """.formatted(postgres, redis, adapter));
        return ManifestReader.load(List.of(file), Map.of()).manifest();
    }
}
