package io.provision.render;

import io.provision.manifest.Instance;
import io.provision.naming.AdapterEnvironment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The environment of an instance's container ({@code volumes-and-render.md}, {@code compose}). */
final class InstanceEnvironment {

    static final int HTTP_PORT = 8080;
    static final int GRPC_PORT = 50051;

    static final String USUAL_ENVIRONMENT = "development";

    private static final String ENVIRONMENT = "ENVIRONMENT";

    /** What a Python service reads behind its own prefix as well. */
    private static final List<String> PREFIXED =
            List.of("SERVICE_NAME", "SERVICE_INSTANCE_NAME", ENVIRONMENT, "POSTGRES_URL", "REDIS_URL");

    private final ServiceUrls urls;

    InstanceEnvironment(ServiceUrls urls) {
        this.urls = urls;
    }

    /** By name: who it is, where its data is, then what the manifest says further. */
    Map<String, EnvValue> of(Instance instance) {
        Map<String, EnvValue> variables = new LinkedHashMap<>();
        AdapterEnvironment.linesFor(instance.identity(), instance.names(), instance.adapter())
                .forEach((name, value) -> variables.put(name, EnvValue.of(value)));
        variables.put(ENVIRONMENT, new EnvValue(List.of(EnvValue.withDefault(ENVIRONMENT, USUAL_ENVIRONMENT))));
        variables.put("HTTP_PORT", EnvValue.of(Integer.toString(HTTP_PORT)));
        variables.put("GRPC_PORT", EnvValue.of(Integer.toString(GRPC_PORT)));
        variables.put("POSTGRES_URL", urls.postgres(instance));
        variables.put("REDIS_URL", urls.redis(instance));
        instance.environment().forEach((name, said) -> variables.put(name, EnvValue.ofWritten(said.written())));
        instance.adapter().environmentPrefix().ifPresent(prefix ->
                PREFIXED.forEach(name -> variables.putIfAbsent(prefix + name, variables.get(name))));
        return variables;
    }
}
