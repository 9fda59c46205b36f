package io.provision.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.bench.Bench;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("full")
class BenchIT {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"superuser", "createrole"})
    void theBenchMeasuresEachCommandBesideItsFloor(String login) throws Exception {
        assertEquals(
                List.of("memory of init, fresh", "memory of plan", "memory of verify", "floor, nothing to do",
                        "init, nothing to do", "plan", "verify", "floor, fresh", "init, fresh"),
                measured("--only", "fresh,again,memory", "--login", login));
    }

    @Test
    void theBenchMeasuresStartUpBesideAHello() throws Exception {
        assertEquals(List.of("picocli hello", "derive NAME", "render all"), measured("--only", "startup"));
    }

    @Test
    void theBenchMeasuresAClusterBesideOneRedis() throws Exception {
        assertEquals(
                Stream.of("init, fresh", "init, nothing to do", "plan", "verify")
                        .flatMap(what -> Stream.of(what + ", one Redis", what + ", Cluster"))
                        .toList(),
                measured("--only", "cluster"));
    }

    private List<String> measured(String... arguments) throws Exception {
        Path json = folder.resolve("figures.json");
        List<String> all = new ArrayList<>(List.of("--instances", "3", "--runs", "1",
                "--json", json.toString(),
                "--launcher", Path.of(System.getProperty("provision.distribution"), "bin", "provision").toString()));
        all.addAll(List.of(arguments));
        Bench.main(all.toArray(String[]::new));
        return Pattern.compile("\"what\": \"([^\"]*)\"").matcher(Files.readString(json)).results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
