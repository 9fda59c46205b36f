package io.provision.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.testing.TestEcosystem;
import io.provision.testing.TestRedis;
import io.provision.verify.Verified.Found;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.util.SafeEncoder;

/** Three instances with users in one Redis, and an admin who types at it. */
record VerifiedRedis(TestEcosystem ecosystem, TestRedis server) {

    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    static VerifiedRedis on(TestRedis server, Path folder) {
        TestEcosystem ecosystem = TestEcosystem.in(folder).redis(server.url()).manifest("""
                defaults:
                  redis_password: {generate: "secrets/{instance}"}
                services:
                  exchange-simulator: {}
                  custodian-simulator: {}
                  audit-simulator: {}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                  custodian-komainuNN: {service: custodian-simulator}
                  audit-NN: {service: audit-simulator}
                """);
        ecosystem.init("--only", "redis");
        return new VerifiedRedis(ecosystem, server);
    }

    Verified verify(String... further) {
        String[] arguments = {"verify", "--only", "redis", "-o", "json"};
        String[] all = Arrays.copyOf(arguments, arguments.length + further.length);
        System.arraycopy(further, 0, all, arguments.length, further.length);
        return Verified.of(ecosystem.run(all));
    }

    /** Types commands at the server, one a line. */
    void type(String lines) {
        type(lines, server);
    }

    void type(String lines, TestRedis at) {
        try (Jedis jedis = at.connect()) {
            for (String line : written(lines).lines().toList()) {
                List<String> words = WORD.matcher(line).results().map(VerifiedRedis::word).toList();
                jedis.sendCommand(() -> SafeEncoder.encode(words.get(0)),
                        words.stream().skip(1).toArray(String[]::new));
            }
        }
    }

    private static String word(MatchResult word) {
        return word.group(1) == null ? word.group(2) : word.group(1);
    }

    String written(String text) {
        return ecosystem.numbered(RedisBreachCase.written(text));
    }

    /** Types what a finding prints, with the password of the server itself. */
    void close(Found found, TestRedis at) {
        type(found.remedy().replaceFirst("^at \\S+: ", "").replace("PASSWORD", at.password()), at);
    }

    void isFoundAndNamedAndClosed(RedisBreachCase breach) {
        type(breach.open());
        Verified verified = verify();
        verified.breaches().forEach(found -> close(found, server));
        Verified again = verify();
        ecosystem.init("--only", "redis");
        type("ACL DELUSER strangerNN");

        verified.assertFound(
                written(breach.path()),
                ecosystem.numbered(breach.from()),
                ecosystem.numbered(breach.to()),
                "redis");
        assertEquals(List.of(), again.breaches(), again::toString);
    }
}
