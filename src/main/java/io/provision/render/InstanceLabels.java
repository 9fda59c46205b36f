package io.provision.render;

import io.provision.manifest.Instance;
import java.util.LinkedHashMap;
import java.util.Map;

/** The labels that Prometheus puts on everything that an instance tells ({@code volumes-and-render.md}). */
final class InstanceLabels {

    static final String SERVICE = "service";
    static final String INSTANCE = "instance_name";

    private InstanceLabels() {}

    static Map<String, String> of(Instance instance) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(SERVICE, instance.identity().service());
        labels.put(INSTANCE, instance.name());
        labels.put("service_type", instance.identity().singleton() ? "singleton" : "multi-instance");
        labels.put(EntityType.LABEL, EntityType.of(instance).id());
        instance.labels().forEach(labels::putIfAbsent);
        // To Prometheus one without a value is none.
        labels.values().removeIf(String::isEmpty);
        return labels;
    }
}
