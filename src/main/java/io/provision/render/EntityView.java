package io.provision.render;

import io.provision.render.GrafanaModel.DataLink;
import io.provision.render.GrafanaModel.Thresholds;
import io.provision.render.GrafanaPanel.Query;
import java.util.List;
import java.util.Map;

/** <i>Simulation Entity View</i>: what each kind of entity does, and how well. */
final class EntityView {

    static final String TITLE = "Simulation Entity View";
    static final String KEY = "entities";

    private static final String CHOSEN = "service=~\"$service\",instance_name=~\"$instance\"";
    private static final Thresholds ERRORS = GrafanaPanel.thresholds("green", Map.of(0.01, "yellow", 0.05, "red"));
    private static final Thresholds SECONDS = GrafanaPanel.thresholds("green", Map.of(0.5, "yellow", 1.0, "red"));

    /** What an entity counts of its own work; more than one name where simulators call it differently. */
    private record Work(String key, String title, List<String> metrics) {}

    private static final Work ORDERS = new Work("orders", "Orders", List.of("orders_total"));
    private static final Work TRADES = new Work("trades", "Trades", List.of("trades_total"));
    private static final Map<String, List<Work>> WORK = Map.of(
            "central", List.of(new Work("audit-events", "Audit events", List.of("audit_events_total"))),
            "trading-system", List.of(ORDERS, TRADES),
            "exchange", List.of(ORDERS, TRADES),
            "custodian", List.of(new Work("settlements", "Settlements", List.of("settlements_total"))),
            "market-data", List.of(new Work("price-updates", "Price updates",
                    List.of("price_updates_total", "market_data_price_updates_total"))),
            "risk", List.of(new Work("alerts", "Alerts", List.of("alerts_total"))));

    /** @param error the codes of requests that failed */
    private record Protocol(String key, String title, String counter, String error) {}

    private static final List<Protocol> PROTOCOLS = List.of(
            new Protocol("http", "HTTP", "http_request", "code=~\"5..\""),
            new Protocol("grpc", "gRPC", "grpc_server_request", "code!~\"OK|0\""));

    private final GrafanaBoard board = new GrafanaBoard();
    private final List<EntityType> types;
    private final String infrastructure;

    /** @param infrastructure where the other view is */
    EntityView(List<EntityType> types, String infrastructure) {
        this.types = types;
        this.infrastructure = infrastructure;
    }

    GrafanaBoard board() {
        types.forEach(type -> {
            board.row(type.id(), type.title());
            entities(type);
        });
        board.row("communication", "Communication between them");
        communication();
        return board;
    }

    private void entities(EntityType type) {
        String selector = "%s=\"%s\",%s".formatted(EntityType.LABEL, PromQl.escaped(type.id()), CHOSEN);
        List<Work> work = WORK.getOrDefault(type.id(), List.of());
        int width = GrafanaModel.COLUMNS / (1 + work.size());
        board.add("up", width, 5, GrafanaPanel.status("Up", "Whether each instance answers Prometheus.",
                new Query("""
                        max by (instance_name) (up{%1$s}) \
                        or on (instance_name) (max by (instance_name) (%2$s{%1$s}) - 2)"""
                        .formatted(selector, AlertRules.EXPECTED), "{{instance_name}}"),
                List.of(new DataLink("Where it runs", "/d/" + infrastructure
                        + "?var-instance=${__field.labels.instance_name}&${__url_time_range}"))));
        work.forEach(own -> board.add(own.key(), width, 5, GrafanaPanel.number(own.title(),
                own.title() + " a second, by instance.", "ops",
                List.of(new Query(rates(own.metrics(), selector), "{{instance_name}}")))));
        PROTOCOLS.forEach(protocol -> requests(protocol, selector));
    }

    private static String rates(List<String> metrics, String selector) {
        return metrics.stream().map(metric -> rate(metric, selector)).reduce((one, other) -> one + " or " + other)
                .orElseThrow();
    }

    private static String rate(String metric, String selector) {
        return "sum by (instance_name) (rate(%s{%s}[$__rate_interval]))".formatted(metric, selector);
    }

    private void requests(Protocol protocol, String selector) {
        String requests = protocol.counter() + "s_total";
        String all = rate(requests, selector);
        board.add(protocol.key() + "-rate", 6, 7, GrafanaPanel.lines(protocol.title() + " requests",
                "Requests a second, by instance.", "reqps", new Query(all, "{{instance_name}}")));
        String failed = rate(requests, selector + "," + protocol.error());
        board.add(protocol.key() + "-errors", 6, 7, GrafanaPanel.lines(protocol.title() + " errors",
                "Share of requests that failed (%s).".formatted(protocol.error()), "percentunit", ERRORS,
                new Query("(%1$s or on (instance_name) 0 * %2$s) / on (instance_name) %2$s".formatted(failed, all),
                        "{{instance_name}}")));
        board.add(protocol.key() + "-duration", 6, 7, GrafanaPanel.lines(protocol.title() + " duration",
                "95 of 100 requests took no longer than this.", "s", SECONDS,
                new Query("""
                        histogram_quantile(0.95, sum by (instance_name, le) \
                        (rate(%s_duration_seconds_bucket{%s}[$__rate_interval])))"""
                        .formatted(protocol.counter(), selector), "{{instance_name}}")));
        board.add(protocol.key() + "-in-flight", 6, 7, GrafanaPanel.lines(protocol.title() + " in flight",
                "Requests that are being answered.", "short",
                new Query("sum by (instance_name) (%ss_in_flight{%s})".formatted(protocol.counter(), selector),
                        "{{instance_name}}")));
    }

    private void communication() {
        board.add("http", 8, 9, GrafanaPanel.lines("HTTP by route",
                "Which instance is asked for what, requests a second.", "reqps",
                new Query("sum by (instance_name, route) (rate(http_requests_total{%s}[$__rate_interval]))"
                        .formatted(CHOSEN), "{{instance_name}} {{route}}")));
        board.add("grpc", 8, 9, GrafanaPanel.lines("gRPC by method",
                "Which instance is called for what, calls a second.", "reqps",
                new Query("sum by (instance_name, method) (rate(grpc_server_requests_total{%s}[$__rate_interval]))"
                        .formatted(CHOSEN), "{{instance_name}} {{method}}")));
        board.add("types", 8, 9, GrafanaPanel.lines("Received by kind of entity",
                "HTTP requests and gRPC calls a second together.", "reqps",
                new Query("sum by (entity_type) (rate({__name__=~\"(http|grpc_server)_requests_total\",%s}"
                        .formatted(CHOSEN) + "[$__rate_interval]))", "{{entity_type}}")));
    }
}
