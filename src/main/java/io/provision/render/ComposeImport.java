package io.provision.render;

import io.provision.problem.ExitCode;
import io.provision.problem.Place;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** The manifest that describes what a compose file runs ({@code cli.md}, {@code import}). */
public final class ComposeImport {

    private static final String HEAD = """
            # The instances that %s runs, as far as it tells. It does not tell:
            # - which readers there are besides (`readers`), what each simulates (`labels: {entity_type: …}`),
            #   which tables are to move out of public (`migrate`), which SQL files make the rest (`sql`)
            # - passwords: roles and users that stand keep theirs; write them into the files named below, or say
            #   {env: NAME} or {file: PATH} instead
            # - which data adapter a service runs, unless its variables have a prefix: write `adapter:`, and
            #   `provision validate` says where what it computes differs from what stands here
            # `provision validate` reads this, `provision plan` shows what it would do.
            """;

    private static final int MOST_ALIASES = 10_000;

    private final String file;
    private final Map<String, ImportedInstance> instances = new LinkedHashMap<>();
    private final List<ComposeService> services = new ArrayList<>();
    private final List<String> others = new ArrayList<>();
    private final List<String> repeated = new ArrayList<>();

    private ComposeImport(String file) {
        this.file = file;
    }

    /**
     * @param file as its user named it
     * @return the manifest's text, what could not be told in comments
     * @throws ProvisionException with {@link ExitCode#USAGE} where it is no compose file, or has no instance in it
     */
    public static String manifest(String file, String text) {
        Map<?, ?> root = read(file, text);
        ComposeImport imported = new ComposeImport(file);
        Map<?, ?> services = root.get("services") instanceof Map<?, ?> map ? map : Map.of();
        services.forEach((name, service) -> imported.add(
                ComposeService.of(ComposeService.text(name), service instanceof Map<?, ?> said ? said : Map.of())));
        if (imported.instances.isEmpty()) {
            throw new ProvisionException(ExitCode.USAGE, Problem
                    .error("no service in it has a SERVICE_NAME in its environment: there is nothing to import")
                    .at(Place.of(file))
                    .remedy("name the docker-compose file that runs the ecosystem's services"));
        }
        return imported.text(Optional.ofNullable(root.get("name")).map(ComposeService::text));
    }

    private static Map<?, ?> read(String file, String text) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        // Every service may have what all have in common; what is shared is made once, so that no bomb goes off.
        options.setMaxAliasesForCollections(MOST_ALIASES);
        try {
            if (new Yaml(new SafeConstructor(options)).load(text) instanceof Map<?, ?> root) {
                return root;
            }
            throw notCompose(Place.of(file), "it is no map");
        } catch (MarkedYAMLException e) {
            Place place = Optional.ofNullable(e.getProblemMark())
                    .map(mark -> new Place(file, mark.getLine() + 1, mark.getColumn() + 1))
                    .orElse(Place.of(file));
            throw notCompose(place, e.getProblem());
        } catch (YAMLException e) {
            throw notCompose(Place.of(file), e.getMessage());
        }
    }

    private static ProvisionException notCompose(Place place, String why) {
        return new ProvisionException(ExitCode.USAGE, Problem
                .error("this cannot be read as a docker-compose file: " + why)
                .at(place)
                .remedy("`docker-compose config` tells more, and writes a plain one"));
    }

    private void add(ComposeService service) {
        Optional<ImportedInstance> instance = ImportedInstance.of(service);
        if (instance.isEmpty()) {
            others.add(service.name());
            return;
        }
        services.add(service);
        String name = instance.get().identity().instance();
        if (instances.putIfAbsent(name, instance.get()) != null) {
            repeated.add("`%s` is `%s` once more; the manifest has each instance once".formatted(service.name(), name));
        }
    }

    private String text(Optional<String> project) {
        Map<String, Object> defaults = new LinkedHashMap<>();
        defaults.put("password", Map.of("generate", ".provision/secrets/{instance}"));
        Map<String, Object> volumes = commonVolumes();
        if (!volumes.equals(ImportedInstance.USUAL_VOLUMES)) {
            defaults.put("volumes", volumes);
        }
        StringBuilder text = new StringBuilder(HEAD.formatted(oneLine(file)));
        if (!others.isEmpty()) {
            comment(text, "", "No SERVICE_NAME that this file tells, so no instance: " + String.join(", ", others));
        }
        repeated.forEach(line -> comment(text, "", line));
        text.append('\n');
        ecosystem(text, project);
        connection(text, "postgres", "POSTGRES_URL");
        connection(text, "redis", "REDIS_URL");
        text.append("\ndefaults:\n");
        defaults.forEach((key, value) -> entry(text, key, value));
        text.append("\nservices:\n");
        Map<String, Optional<Map<String, Object>>> adapters = adapters();
        adapters.forEach((service, adapter) ->
                entry(text, service, adapter.<Object>map(said -> Map.of("adapter", said)).orElse(Map.of())));
        text.append("\ninstances:\n");
        instances.forEach((name, instance) -> {
            instance.remarks().forEach(remark -> comment(text, "  ", remark));
            entry(text, name, settings(instance, volumes, adapters));
        });
        return text.toString();
    }

    private void ecosystem(StringBuilder text, Optional<String> project) {
        Optional<String> database = places("POSTGRES_URL").stream().findFirst()
                .map(url -> url.replaceAll("^[^:]*://[^/]*/?|\\?.*$", "").replace('_', '-'));
        Optional<String> name = project.or(() -> database).filter(n -> n.matches("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}"));
        if (project.isEmpty()) {
            comment(text, "", (name.isPresent() ? "After the database: the" : "The") + " file has no `name`.");
        }
        text.append("ecosystem: ").append(name.orElse("ecosystem")).append("\n\n");
    }

    private void connection(StringBuilder text, String key, String variable) {
        List<String> places = places(variable);
        text.append(key).append(":\n  url: ${").append(variable).append(":-embedded}\n");
        if (places.size() > 1) {
            comment(text, "  ", "Told differently to the services: " + String.join(", ", places));
        }
        places.stream().findFirst().ifPresentOrElse(
                place -> text.append("  service_url: ").append(YamlText.flow(place)).append('\n'),
                () -> comment(text, "  ", "service_url: what the services are told is not in the file"));
    }

    /** What the services are told, the most frequent first. */
    private List<String> places(String variable) {
        Map<String, Long> counted = services.stream()
                .flatMap(service -> ConnectionText.in(service, variable).stream())
                .flatMap(connection -> connection.url().stream())
                .collect(Collectors.groupingBy(place -> place, TreeMap::new, Collectors.counting()));
        return counted.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(Map.Entry::getKey)
                .toList();
    }

    private Map<String, Object> commonVolumes() {
        List<Map<String, Object>> distinct = instances.values().stream()
                .map(ImportedInstance::volumes).distinct().toList();
        return distinct.size() == 1 ? distinct.get(0) : ImportedInstance.USUAL_VOLUMES;
    }

    /** A service's adapter where all its instances have the same. */
    private Map<String, Optional<Map<String, Object>>> adapters() {
        Map<String, Optional<Map<String, Object>>> adapters = new LinkedHashMap<>();
        instances.values().forEach(instance -> adapters.merge(
                instance.identity().service(),
                instance.adapter(),
                (one, other) -> one.equals(other) ? one : Optional.empty()));
        return adapters;
    }

    private static Map<String, Object> settings(
            ImportedInstance instance,
            Map<String, Object> volumes,
            Map<String, Optional<Map<String, Object>>> adapters) {
        Map<String, Object> settings = new LinkedHashMap<>();
        String service = instance.identity().service();
        if (!instance.identity().singleton()) {
            settings.put("service", service);
        }
        if (!instance.adapter().equals(adapters.get(service))) {
            instance.adapter().ifPresent(adapter -> settings.put("adapter", adapter));
        }
        settings.putAll(instance.settings());
        if (!instance.volumes().equals(volumes)) {
            settings.put("volumes", instance.volumes());
        }
        return settings;
    }

    private static void entry(StringBuilder text, String key, Object value) {
        text.append("  ").append(YamlText.flow(key)).append(": ").append(YamlText.flow(value)).append('\n');
    }

    private static void comment(StringBuilder text, String indent, String sentence) {
        text.append(indent).append("# ").append(oneLine(sentence)).append('\n');
    }

    /** A comment ends where YAML ends a line, and has no character that YAML refuses. */
    private static String oneLine(String sentence) {
        return sentence.replaceAll("[\\s\\p{Cntrl}\\x85\\u2028\\u2029]+", " ");
    }
}
