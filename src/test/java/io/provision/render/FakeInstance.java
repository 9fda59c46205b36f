package io.provision.render;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** Tells Prometheus figures, as a service of the ecosystem or cAdvisor would: counters that grow with each scrape. */
final class FakeInstance implements AutoCloseable {

    /** {@code #} stands for a number that grows. */
    private static final String SERVICE = """
            http_requests_total{method="GET",route="/api/v1/health",code="200"} #
            http_requests_total{method="GET",route="/api/v1/orders",code="500"} #
            http_request_duration_seconds_bucket{method="GET",route="/api/v1/health",code="200",le="0.1"} #
            http_request_duration_seconds_bucket{method="GET",route="/api/v1/health",code="200",le="+Inf"} #
            http_requests_in_flight 2
            grpc_server_requests_total{method="/x.Y/Get",code="OK"} #
            grpc_server_request_duration_seconds_bucket{method="/x.Y/Get",code="OK",le="0.1"} #
            grpc_server_request_duration_seconds_bucket{method="/x.Y/Get",code="OK",le="+Inf"} #
            grpc_server_requests_in_flight{method="/x.Y/Get"} 1
            orders_total{side="buy"} #
            trades_total #
            settlements_total #
            market_data_price_updates_total{symbol="BTC"} #
            audit_events_total #
            alerts_total #
            """;
    private static final String CADVISOR = """
            container_memory_working_set_bytes{name="audit-correlator",id="/docker/1"} 5000000
            container_memory_working_set_bytes{id="/"} 50000000
            container_cpu_usage_seconds_total{name="audit-correlator",id="/docker/1",cpu="total"} #
            """;

    private final HttpServer server;
    private final AtomicLong scrapes = new AtomicLong();

    private FakeInstance(String figures) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/metrics", exchange -> {
            byte[] told = figures.replace("#", Long.toString(scrapes.incrementAndGet()))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, told.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(told);
            }
        });
        server.start();
    }

    static FakeInstance ofService() {
        return new FakeInstance(SERVICE);
    }

    static FakeInstance ofCadvisor() {
        return new FakeInstance(CADVISOR);
    }

    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
