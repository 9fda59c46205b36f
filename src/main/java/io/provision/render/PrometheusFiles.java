package io.provision.render;

import io.provision.manifest.Instance;
import io.provision.manifest.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What Prometheus scrapes: a job for each service, and the same as targets that it reads while it runs. */
final class PrometheusFiles {

    private static final String FOLDER = "prometheus/";
    private static final String RULES = "rules.yml";
    private static final String TARGETS = "targets.yml";

    private static final String STATIC = """
            %s
            Every instance is written here: a new one wants a reload. prometheus-file-sd.yml is the same without one.
            """;
    private static final String BY_FILE = """
            %s
            Instances are read from %s while Prometheus runs: a new one needs no reload.
            """;

    private final Manifest manifest;

    PrometheusFiles(Manifest manifest) {
        this.manifest = manifest;
    }

    List<Artefact> artefacts() {
        String generated = RenderTarget.PROMETHEUS.generated();
        return List.of(
                new Artefact(FOLDER + "prometheus.yml", YamlText.of(STATIC.formatted(generated), config(staticJobs()))),
                new Artefact(FOLDER + "prometheus-file-sd.yml",
                        YamlText.of(BY_FILE.formatted(generated, TARGETS), config(List.of(jobByFile())))),
                new Artefact(FOLDER + TARGETS, YamlText.of(generated, targetsWithJobs())),
                new Artefact(FOLDER + RULES, YamlText.of(generated, new AlertRules(manifest).document())),
                new Artefact(FOLDER + "rules.test.yml",
                        YamlText.of(generated, new AlertRulesTest(manifest).document(RULES))));
    }

    private Map<String, Object> config(List<Map<String, Object>> jobs) {
        Map<String, Object> config = new LinkedHashMap<>();
        Map<String, String> global = new LinkedHashMap<>();
        global.put("scrape_interval", "15s");
        global.put("evaluation_interval", "15s");
        config.put("global", global);
        config.put("rule_files", List.of(RULES));
        config.put("scrape_configs", Stream.concat(infrastructure(), jobs.stream()).toList());
        return config;
    }

    /** Two jobs of one name Prometheus refuses: a service that is called so is the job. */
    private Stream<Map<String, Object>> infrastructure() {
        Map<String, String> addresses = new LinkedHashMap<>();
        addresses.put("prometheus", "localhost:9090");
        addresses.put("cadvisor", "cadvisor:8080"); // tells the containers' memory and CPU
        manifest.instances().forEach(instance -> addresses.remove(instance.identity().service()));
        return addresses.entrySet().stream()
                .map(job -> job(job.getKey(), List.of(Map.of("targets", List.of(job.getValue())))));
    }

    private static Map<String, Object> job(String name, List<Map<String, Object>> targets) {
        Map<String, Object> job = new LinkedHashMap<>();
        job.put("job_name", name);
        job.put("static_configs", targets);
        return job;
    }

    private List<Map<String, Object>> staticJobs() {
        Map<String, List<Instance>> byService = manifest.instances().stream()
                .collect(Collectors.groupingBy(i -> i.identity().service(), LinkedHashMap::new, Collectors.toList()));
        List<Map<String, Object>> jobs = new ArrayList<>();
        byService.forEach((service, instances) -> jobs.add(
                job(service, instances.stream().map(i -> target(i, InstanceLabels.of(i))).toList())));
        return jobs;
    }

    private static Map<String, Object> jobByFile() {
        Map<String, Object> job = new LinkedHashMap<>();
        job.put("job_name", "provision");
        job.put("file_sd_configs", List.of(Map.of("files", List.of(TARGETS))));
        return job;
    }

    /** The label says the job, so that both configurations call it alike. */
    private List<Map<String, Object>> targetsWithJobs() {
        return manifest.instances().stream()
                .map(instance -> {
                    Map<String, String> labels = new LinkedHashMap<>();
                    labels.put("job", instance.identity().service());
                    labels.putAll(InstanceLabels.of(instance));
                    return target(instance, labels);
                })
                .toList();
    }

    private static Map<String, Object> target(Instance instance, Map<String, String> labels) {
        Map<String, Object> target = new LinkedHashMap<>();
        target.put("targets", List.of(instance.composeService() + ":" + InstanceEnvironment.HTTP_PORT));
        target.put("labels", labels);
        return target;
    }
}
