package io.provision.naming;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StemsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "exchange-OKX             | exchange-simulator",
        "exchange-OKX-spot        | exchange-simulator",
        "market-data-Coinmetrics  | market-data-adapter, market-data-simulator, market-maker",
        "market-X                 | market-maker",
        "audit                    | audit",
        "audit-LH                 | audit",
        "risk-monitor             | risk-monitor",
        "risk-monitor-LH          | risk-monitor",
        "risk-LH                  | risk-monitor",
        "desk-LH                  | trading-system-engine",
        "trading-system-LH        | ''",
        "exchange                 | ''",
        "exchange-                | ''",
        "exchanges-OKX            | ''",
        "unknown                  | ''",
    })
    void theServicesOfAnInstanceAreThoseWhoseStemItBeginsWith(String instance, String services) {
        assertEquals(
                services.isEmpty() ? List.of() : List.of(services.split(", ")), stems().servicesFor(instance.trim()));
    }

    private static Stems stems() {
        Map<String, Optional<String>> services = new LinkedHashMap<>();
        for (String service : List.of("exchange-simulator", "market-data-simulator", "market-data-adapter",
                "market-maker", "audit", "risk-monitor")) {
            services.put(service, Optional.empty());
        }
        services.put("trading-system-engine", Optional.of("desk"));
        return new Stems(services);
    }
}
