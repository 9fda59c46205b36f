package io.provision.render;

import io.provision.manifest.Instance;
import io.provision.manifest.Manifest;
import io.provision.manifest.Reader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Services, their instances, what each owns, and who else may read it. */
final class Diagrams {

    private final Manifest manifest;

    Diagrams(Manifest manifest) {
        this.manifest = manifest;
    }

    List<Artefact> artefacts() {
        String generated = RenderTarget.DIAGRAM.generated();
        return List.of(
                new Artefact("diagram/ecosystem.mmd", "%% " + generated + "\n" + new MermaidDiagram(manifest).text()),
                new Artefact("diagram/ecosystem.svg",
                        "<!-- " + generated + " -->\n" + new SvgDiagram(manifest).text()));
    }

    static Map<String, List<Instance>> byService(Manifest manifest) {
        return manifest.instances().stream()
                .collect(Collectors.groupingBy(i -> i.identity().service(), LinkedHashMap::new, Collectors.toList()));
    }

    /** Its own schema, and those that its role keeps using. */
    static List<String> schemas(Instance instance) {
        List<String> schemas = new ArrayList<>();
        schemas.add(instance.names().schema());
        schemas.addAll(instance.legacySchemas());
        return schemas;
    }

    /** Its own key pattern, and the further prefixes that its user may use. */
    static List<String> keys(Instance instance) {
        List<String> keys = new ArrayList<>();
        keys.add(instance.names().keyPattern());
        instance.legacyNamespaces().forEach(namespace -> keys.add(namespace + ":*"));
        return keys;
    }

    /** The instances that each reader reads the schema of, readers in the order in which the manifest comes to them. */
    static Map<String, List<Instance>> byReader(Manifest manifest) {
        Map<String, List<Instance>> read = new LinkedHashMap<>();
        for (Instance instance : manifest.instances()) {
            for (Reader reader : instance.readers()) {
                read.computeIfAbsent(reader.role(), none -> new ArrayList<>()).add(instance);
            }
        }
        return read;
    }
}
