package io.provision.render;

import io.provision.manifest.Instance;
import io.provision.manifest.Manifest;
import java.util.LinkedHashMap;
import java.util.Map;

/** The diagram as Mermaid's flowchart, which GitHub shows where it stands in a page. */
final class MermaidDiagram {

    private final Manifest manifest;
    private final Map<String, String> instances = new LinkedHashMap<>();
    private final Map<String, String> schemas = new LinkedHashMap<>();
    private final Map<String, String> keys = new LinkedHashMap<>();
    private final StringBuilder text = new StringBuilder("flowchart LR\n");

    MermaidDiagram(Manifest manifest) {
        this.manifest = manifest;
    }

    String text() {
        services();
        manifest.instances().forEach(this::owned);
        manifest.instances().forEach(this::shared);
        readers();
        return text.toString();
    }

    private void services() {
        int[] number = {0};
        Diagrams.byService(manifest).forEach((service, own) -> {
            line("  subgraph service" + ++number[0] + "[\"" + escaped(service) + "\"]");
            for (Instance instance : own) {
                String id = "i" + (instances.size() + 1);
                instances.put(instance.name(), id);
                line("    " + id + "[\"" + escaped(instance.name()) + "\"]");
            }
            line("  end");
        });
    }

    private void owned(Instance instance) {
        String id = instances.get(instance.name());
        for (String schema : Diagrams.schemas(instance)) {
            if (!schemas.containsKey(schema)) {
                schemas.put(schema, "s" + (schemas.size() + 1));
                line("  " + schemas.get(schema) + "[(\"" + escaped(schema) + "\")]");
            }
            line("  " + id + " -->|\"" + escaped(instance.names().role()) + "\"| " + schemas.get(schema));
        }
        for (String pattern : Diagrams.keys(instance)) {
            if (!keys.containsKey(pattern)) {
                keys.put(pattern, "k" + (keys.size() + 1));
                line("  " + keys.get(pattern) + "[/\"" + escaped(pattern) + "\"/]");
            }
            line("  " + id + " -->|\"" + escaped(instance.names().redisUser()) + "\"| " + keys.get(pattern));
        }
    }

    private void shared(Instance instance) {
        for (String other : instance.sharesNamespaceWith()) {
            manifest.instance(other).ifPresent(owner -> line("  " + instances.get(instance.name())
                    + " -.->|may own too| " + keys.get(owner.names().keyPattern())));
        }
    }

    private void readers() {
        int[] number = {0};
        Diagrams.byReader(manifest).forEach((reader, read) -> {
            String id = "r" + ++number[0];
            line("  " + id + "([\"" + escaped(reader) + "\"])");
            read.forEach(instance ->
                    line("  " + id + " -.->|reads| " + schemas.get(instance.names().schema())));
        });
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    /** Between quotes, without which an {@code @} would be a sign of Mermaid's own. */
    private static String escaped(String label) {
        return label.replace("#", "#35;").replace("\"", "#quot;").replace("<", "#lt;").replace(">", "#gt;");
    }
}
