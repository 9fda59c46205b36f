package io.provision.render;

import io.provision.manifest.Instance;
import io.provision.manifest.Manifest;
import io.provision.manifest.PasswordSource;
import io.provision.manifest.Volume;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** The override that is laid over the user's own compose file. */
final class ComposeFile {

    static final String PATH = "compose.provision.yml";

    private static final String ONE_SHOT = "provision";

    private static final String COMMENTS = """
            %s
            Lay it over your own, in the manifest's folder (paths are relative to the first file's):
                docker compose -f docker-compose.yml -f %s up
            Passwords come from variables; env/passwords.sh of `provision render env` sets them.
            The images below stand for those of your own file: say others in EXCHANGE_SIMULATOR_IMAGE and so on.
            A network other than the default one is for your own file to say, also for the service `provision`.
            """;

    /** Whichever of the three the image has. */
    private static final String HEALTH = """
            wget -q -T 4 -O /dev/null {url} || curl -fsS -m 4 -o /dev/null {url} \
            || python3 -c "import urllib.request as r; r.urlopen('{url}', timeout=4)" || exit 1"""
            .replace("{url}", "http://localhost:" + InstanceEnvironment.HTTP_PORT + "/api/v1/health");

    /** In its container it finds the servers by other URLs than here. */
    private static final Map<String, String> LOGINS = new TreeMap<>(Map.of(
            "POSTGRES_URL", "${PROVISION_POSTGRES_URL:?the URL by which provision logs in to PostgreSQL}",
            "REDIS_URL", "${PROVISION_REDIS_URL:?the URL by which provision logs in to Redis}"));

    private final Manifest manifest;
    private final List<String> manifestFiles;
    private final InstanceEnvironment environment;
    private final Map<String, Object> health = health();
    private final Map<String, Object> afterOneShot =
            Map.of(ONE_SHOT, Map.of("condition", "service_completed_successfully"));

    /** @param manifestFiles as the one-shot service finds them, relative to the manifest's folder */
    ComposeFile(Manifest manifest, List<String> manifestFiles, InstanceEnvironment environment) {
        this.manifest = manifest;
        this.manifestFiles = List.copyOf(manifestFiles);
        this.environment = environment;
    }

    Artefact artefact() {
        refuseOwnName();
        Map<String, Object> services = new LinkedHashMap<>();
        services.put(ONE_SHOT, oneShot());
        manifest.instances().forEach(instance -> services.put(instance.composeService(), service(instance)));
        String comments = COMMENTS.formatted(RenderTarget.COMPOSE.generated(), PATH);
        return new Artefact(PATH, YamlText.of(comments, Map.of("services", services)));
    }

    private void refuseOwnName() {
        List<Problem> problems = manifest.instances().stream()
                .filter(instance -> instance.composeService().equals(ONE_SHOT))
                .map(instance -> Problem
                        .error("instance `%s` is the compose service `%s`, which is the tool's own"
                                .formatted(instance.name(), ONE_SHOT))
                        .at(instance.place())
                        .remedy("set `compose_service` for it"))
                .toList();
        if (!problems.isEmpty()) {
            throw new ProvisionException(ExitCode.USAGE, problems);
        }
    }

    /**
     * The tool itself. It stands in the folder under the host's own path, so that what it journals of folders is true
     * outside of the container, too; and tries again until the servers are there, whatever their services are called.
     */
    private Map<String, Object> oneShot() {
        Map<String, Object> service = new LinkedHashMap<>();
        service.put("image", "${PROVISION_IMAGE:-provision:latest}");
        List<String> command = new ArrayList<>(List.of("init"));
        manifestFiles.forEach(file -> command.addAll(List.of("-f", escaped(file))));
        service.put("command", command);
        service.put("user", "${PROVISION_USER:-1000:1000}");
        service.put("working_dir", "${PWD}");
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("PROVISION_EMBEDDED", "never");
        LOGINS.forEach((name, value) -> {
            if (manifest.variables().contains(name)) {
                variables.put(name, value);
            }
        });
        passwordVariables().forEach(name -> variables.put(name, "${" + name + ":?set it}"));
        // The tool reads the manifest there, too; to it an empty one is as good as none.
        manifest.variables().forEach(name -> variables.putIfAbsent(name, "${" + name + ":-}"));
        service.put("environment", variables);
        service.put("volumes", List.of("${PWD}:${PWD}"));
        service.put("restart", "on-failure");
        return service;
    }

    /** Those that the manifest itself names: the tool reads them, too. */
    private SortedSet<String> passwordVariables() {
        Set<PasswordSource> sources = new HashSet<>();
        for (Instance instance : manifest.instances()) {
            instance.postgresPassword().ifPresent(sources::add);
            instance.redisPassword().ifPresent(sources::add);
            instance.readers().forEach(reader -> reader.password().ifPresent(sources::add));
        }
        SortedSet<String> names = new TreeSet<>();
        for (PasswordSource source : sources) {
            if (source instanceof PasswordSource.Environment variable) {
                names.add(variable.variable());
            }
        }
        return names;
    }

    private Map<String, Object> service(Instance instance) {
        Map<String, Object> service = new LinkedHashMap<>();
        service.put("image", image(instance.identity().service()));
        Map<String, String> variables = new LinkedHashMap<>();
        environment.of(instance).forEach((name, value) -> variables.put(name, value.forCompose()));
        service.put("environment", variables);
        List<Object> volumes = volumes(instance);
        if (!volumes.isEmpty()) {
            service.put("volumes", volumes);
        }
        List<String> ports = ports(instance);
        if (!ports.isEmpty()) {
            service.put("ports", ports);
        }
        service.put("healthcheck", health);
        service.put("depends_on", afterOneShot);
        return service;
    }

    /** Compose wants one for a service that the user's file does not have yet: a new instance of a known service. */
    private static String image(String service) {
        return "${" + service.replace('-', '_').toUpperCase(Locale.ROOT) + "_IMAGE:-" + service + ":latest}";
    }

    private static List<Object> volumes(Instance instance) {
        List<Object> volumes = new ArrayList<>();
        for (Volume volume : instance.volumes()) {
            volume.mount().ifPresent(mount -> volumes.add(mounted(
                    escaped(fromHere(instance.names().volumes().get(volume.kind()))), escaped(mount))));
        }
        return volumes;
    }

    /** In one word, unless compose would divide that at a colon of the folder's own. */
    private static Object mounted(String folder, String mount) {
        if (!folder.contains(":")) {
            return folder + ":" + mount;
        }
        Map<String, String> volume = new LinkedHashMap<>();
        volume.put("type", "bind");
        volume.put("source", folder);
        volume.put("target", mount);
        return volume;
    }

    /** What a dollar begins, compose fills. */
    static String escaped(String text) {
        return text.replace("$", "$$");
    }

    /** Compose takes a path without a dot in front for a volume's name. */
    private static String fromHere(String folder) {
        return folder.startsWith("/") || folder.startsWith(".") ? folder : "./" + folder;
    }

    private static List<String> ports(Instance instance) {
        List<String> ports = new ArrayList<>();
        instance.ports().http().ifPresent(port -> ports.add(bound(port, InstanceEnvironment.HTTP_PORT)));
        instance.ports().grpc().ifPresent(port -> ports.add(bound(port, InstanceEnvironment.GRPC_PORT)));
        return ports;
    }

    private static String bound(int host, int container) {
        return "127.0.0.1:%s:%s".formatted(Integer.toString(host), Integer.toString(container));
    }

    private static Map<String, Object> health() {
        Map<String, Object> health = new LinkedHashMap<>();
        health.put("test", List.of("CMD-SHELL", HEALTH));
        health.put("interval", "15s");
        health.put("timeout", "15s");
        health.put("retries", 3);
        health.put("start_period", "60s");
        return health;
    }
}
