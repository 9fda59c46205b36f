package io.provision.status;

import com.fasterxml.jackson.databind.JsonNode;
import io.provision.testing.TestEcosystem;
import io.provision.testing.TestRedis;
import java.nio.file.Path;
import redis.clients.jedis.Jedis;

/** Two instances of a service, and what they and others write into discovery. */
record RegisteredSimulators(TestEcosystem ecosystem, Jedis jedis) implements AutoCloseable {

    /** An entry of the year 2999, which is never stale. */
    static final String HEALTHY = """
            {"service": "exchange-simulator", "instance": "exchange-okxNN", "host": "okx", "http_port": 8081,
             "grpc_port": 50051, "version": "1.4.0", "environment": "staging", "status": "healthy",
             "timestamp": "2999-01-01T10:00:00.123Z"}""";

    static RegisteredSimulators in(Path folder) {
        TestEcosystem ecosystem = TestEcosystem.in(folder).manifest("""
                services:
                  exchange-simulator: {environment: {ENVIRONMENT: staging}}
                instances:
                  exchange-okxNN: {service: exchange-simulator}
                  exchange-binanceNN: {service: exchange-simulator}
                """);
        return new RegisteredSimulators(ecosystem, TestRedis.shared().connect());
    }

    /** @param entry that the first instance's service writes */
    void register(String entry) {
        set("services:exchange-simulator:exchange-okxNN", entry);
    }

    void set(String key, String value) {
        jedis.set(ecosystem.numbered(key), ecosystem.numbered(value));
    }

    /** What a command prints as JSON. */
    JsonNode document(String... arguments) {
        return ecosystem.run(arguments).expect(0).json();
    }

    @Override
    public void close() {
        jedis.close();
    }
}
