package io.provision.render;

import io.provision.manifest.Manifest;
import io.provision.manifest.ManifestReader;
import io.provision.plan.acl.RedisVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Manifests, and what is rendered of them, for those who read it. */
final class Rendered {

    private Rendered() {}

    static Artefact noSql() {
        throw new AssertionError("no test of this package renders SQL");
    }

    static Manifest shipped() {
        return ManifestReader.load(List.of(Path.of("instances.yaml")), Map.of()).manifest();
    }

    /** The shipped manifest with further lines at its end, where the instances are. */
    static Manifest shippedWith(Path folder, String further) throws IOException {
        Path more = folder.resolve("more.yaml");
        Files.writeString(more, "instances:\n" + further);
        return ManifestReader.load(List.of(Path.of("instances.yaml"), more), Map.of()).manifest();
    }

    static Manifest manifest(Path folder, String text) throws IOException {
        Path file = folder.resolve("instances.yaml");
        Files.writeString(file, text);
        return ManifestReader.load(List.of(file), Map.of()).manifest();
    }

    static void into(Path folder, Manifest manifest, RenderTarget... targets) throws IOException {
        Rendering rendering = new Rendering(manifest, List.of(), RedisVersion.V7_0, Rendered::noSql);
        for (Artefact artefact : rendering.artefacts(List.of(targets))) {
            Path file = folder.resolve(artefact.path());
            Files.createDirectories(file.getParent());
            Files.writeString(file, artefact.text());
        }
    }
}
