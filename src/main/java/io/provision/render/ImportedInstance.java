package io.provision.render;

import io.provision.naming.Derivation;
import io.provision.naming.Identity;
import io.provision.naming.NameDeriver;
import io.provision.naming.Names;
import io.provision.naming.NamingRule;
import io.provision.naming.Overrides;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One compose service as the manifest's instance: its settings where they are not what the manifest would derive.
 *
 * @param adapter what its variables tell of its data adapter
 * @param volumes as the manifest says them; the same for all instances as a rule
 * @param remarks what could not be told
 */
record ImportedInstance(
        Identity identity,
        Optional<Map<String, Object>> adapter,
        Map<String, Object> settings,
        Map<String, Object> volumes,
        List<String> remarks) {

    private static final String ENVIRONMENT = "ENVIRONMENT";

    private static final Map<String, String> ELSEWHERE = Map.of(
            "env_file", "it reads an env_file, which was not looked into",
            "extends", "it extends another service, which was not looked into");

    private static final Pattern FOLDER =
            Pattern.compile("(?<root>[./].*|)/(?<instance>[^/]+)/(?<kind>[^/]+)/*");

    /** Variables that names are taken from. */
    private static final List<String> FILLED = List.of("SERVICE_INSTANCE_NAME", "SCHEMA_NAME", "REDIS_NAMESPACE");

    /** Variables that the manifest has a place for. */
    private static final List<String> READ = List.of(
            "SERVICE_NAME", "SERVICE_INSTANCE_NAME", "SCHEMA_NAME", "REDIS_NAMESPACE", ENVIRONMENT, "POSTGRES_URL",
            "REDIS_URL", "HTTP_PORT", "GRPC_PORT");

    static final Map<String, Object> USUAL_VOLUMES = volumes(
            "./volumes", Map.of("data", "/app/data", "logs", "/app/logs"));

    /** @return empty where it is no instance: it has no {@code SERVICE_NAME} */
    static Optional<ImportedInstance> of(ComposeService service) {
        return service.adapterVariable("SERVICE_NAME")
                .map(name -> of(service, Identity.of(
                        name, service.adapterVariable("SERVICE_INSTANCE_NAME").orElse(name))));
    }

    private static ImportedInstance of(ComposeService service, Identity identity) {
        List<String> remarks = new ArrayList<>();
        Map<String, Object> settings = new LinkedHashMap<>();
        names(service, identity, settings);
        Map<String, Object> ports = ports(service);
        if (!ports.isEmpty()) {
            settings.put("ports", ports);
        }
        if (!service.name().equals(identity.instance().toLowerCase(Locale.ROOT))) {
            settings.put("compose_service", service.name());
        }
        service.adapterVariable(ENVIRONMENT)
                .filter(environment -> !environment.equals(InstanceEnvironment.USUAL_ENVIRONMENT))
                .ifPresent(environment -> settings.put("environment", Map.of(ENVIRONMENT, environment)));
        Map<String, Object> volumes = volumes(service, identity.instance());
        service.elsewhere().forEach(key -> remarks.add(ELSEWHERE.get(key)));
        FILLED.stream()
                .filter(name -> service.adapterVariable(name).isEmpty()
                        && service.adapterNames(name).anyMatch(service.environment()::containsKey))
                .map("%s is filled by a variable without a default: what stands here is derived"::formatted)
                .forEach(remarks::add);
        remainder(service, ports, volumes).ifPresent(remarks::add);
        return new ImportedInstance(identity, adapter(service), settings, volumes, remarks);
    }

    /** What the manifest has no place for, or cannot be told. Of variables the names: their values may be secret. */
    private static Optional<String> remainder(
            ComposeService service, Map<String, Object> ports, Map<String, Object> volumes) {
        List<String> otherPorts = new ArrayList<>(service.otherPorts());
        service.hostPorts().forEach((container, host) -> {
            if (!ports.containsValue(host)) {
                otherPorts.add(host + ":" + container);
            }
        });
        Collection<?> mounted = ((Map<?, ?>) volumes.get("mount")).values();
        Stream<String> mounts = service.mounts().keySet().stream().filter(mount -> !mounted.contains(mount));
        Stream<String> variables = service.environment().keySet().stream().filter(name -> !isRead(service, name));
        List<String> others = Stream.of(
                        list("ports ", otherPorts.stream()), list("volumes at ", mounts), list("variables ", variables))
                .flatMap(Optional::stream)
                .toList();
        return others.isEmpty() ? Optional.empty() : Optional.of("compose alone has: " + String.join("; ", others));
    }

    private static Optional<String> list(String what, Stream<String> items) {
        String list = items.sorted().collect(Collectors.joining(", "));
        return list.isEmpty() ? Optional.empty() : Optional.of(what + list);
    }

    private static boolean isRead(ComposeService service, String variable) {
        return READ.stream().flatMap(service::adapterNames).anyMatch(variable::equals);
    }

    /** Only what differs from what the default rule gives for what is known already. */
    private static void names(ComposeService service, Identity identity, Map<String, Object> settings) {
        Optional<String> schema = service.adapterVariable("SCHEMA_NAME");
        Optional<String> namespace = service.adapterVariable("REDIS_NAMESPACE");
        Optional<String> role = ConnectionText.in(service, "POSTGRES_URL").flatMap(ConnectionText::user);
        Optional<String> redisUser = ConnectionText.in(service, "REDIS_URL").flatMap(ConnectionText::user);
        Optional<Names> byRule = derived(identity, Optional.empty(), Optional.empty(), Optional.empty());
        put(settings, "schema", schema, byRule.map(Names::schema));
        put(settings, "namespace", namespace, byRule.map(Names::namespace));
        Optional<Names> byNames = derived(identity, schema, namespace, Optional.empty());
        put(settings, "role", role, byNames.map(Names::role));
        put(settings, "redis_user", redisUser, derived(identity, schema, namespace, role).map(Names::redisUser));
    }

    private static Optional<Names> derived(
            Identity identity, Optional<String> schema, Optional<String> namespace, Optional<String> role) {
        Overrides overrides = new Overrides(Optional.empty(), schema, namespace, role, Optional.empty());
        return NameDeriver.derive(identity, NamingRule.COMPONENT, overrides, Map.of())
                        instanceof Derivation.Derived derived
                ? Optional.of(derived.names())
                : Optional.empty();
    }

    private static void put(
            Map<String, Object> settings, String key, Optional<String> said, Optional<String> derived) {
        said.filter(name -> !derived.equals(said)).ifPresent(name -> settings.put(key, name));
    }

    private static Optional<Map<String, Object>> adapter(ComposeService service) {
        return service.adapterPrefix().map(prefix -> {
            Map<String, Object> adapter = new LinkedHashMap<>();
            adapter.put("rule", NamingRule.PYTHON_DATA_ADAPTER.id());
            adapter.put("env_prefix", prefix);
            return adapter;
        });
    }

    private static Map<String, Object> ports(ComposeService service) {
        Map<String, Object> ports = new LinkedHashMap<>();
        OptionalInt http = service.hostPort("HTTP_PORT", InstanceEnvironment.HTTP_PORT);
        OptionalInt grpc = service.hostPort("GRPC_PORT", InstanceEnvironment.GRPC_PORT);
        http.ifPresent(port -> ports.put("http", port));
        grpc.ifPresent(port -> ports.put("grpc", port));
        return ports;
    }

    /** Folders of the host that are called as the manifest calls them: root, instance, kind. It has one root alone. */
    private static Map<String, Object> volumes(ComposeService service, String instance) {
        Map<String, String> mounts = new LinkedHashMap<>();
        String root = "";
        for (Map.Entry<String, String> mount : service.mounts().entrySet()) {
            Matcher folder = FOLDER.matcher(mount.getValue());
            if (folder.matches() && folder.group("instance").equals(instance)) {
                String own = folder.group("root").isEmpty() ? "/" : folder.group("root");
                root = root.isEmpty() ? own : root;
                if (own.equals(root)) {
                    mounts.putIfAbsent(folder.group("kind"), mount.getKey());
                }
            }
        }
        return volumes(root.isEmpty() ? (String) USUAL_VOLUMES.get("root") : root, mounts);
    }

    private static Map<String, Object> volumes(String root, Map<String, String> mounts) {
        Map<String, Object> volumes = new LinkedHashMap<>();
        volumes.put("root", root);
        volumes.put("dirs", mounts.keySet().stream().sorted().toList());
        volumes.put("mount", mounts);
        return volumes;
    }
}
