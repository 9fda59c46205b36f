package io.provision.render;

import io.provision.manifest.Instance;
import io.provision.manifest.Manifest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A file of variables for each instance, and the script that fills in the passwords. */
final class EnvFiles {

    private static final String SCRIPT = """
            # %s
            # In the manifest's folder: . env/passwords.sh
            # It reads each password, percent-encoded, from where the manifest has it; none stands here.

            provision_password() {
                head -n 1 -- "$1" | tr -d '\\r\\n' | od -An -v -tx1 | tr -d ' \\n' | sed 's/../%%&/g'
            }

            """;

    /** Of an instance's file, in characters. */
    private static final int USUAL_LENGTH = 1_000;

    private final Manifest manifest;
    private final InstanceEnvironment environment;

    EnvFiles(Manifest manifest, InstanceEnvironment environment) {
        this.manifest = manifest;
        this.environment = environment;
    }

    List<Artefact> artefacts() {
        List<Artefact> files = new ArrayList<>();
        String head = "# " + RenderTarget.ENV.generated() + "\n";
        manifest.instances().forEach(instance -> files.add(file(head, instance)));
        files.add(new Artefact("env/passwords.sh", passwords()));
        return files;
    }

    private Artefact file(String head, Instance instance) {
        StringBuilder text = new StringBuilder(USUAL_LENGTH).append(head);
        environment.of(instance).forEach((name, value) ->
                text.append(name).append('=').append(value.forEnvFile()).append('\n'));
        return new Artefact("env/" + instance.name() + ".env", text.toString());
    }

    private String passwords() {
        Map<String, Path> files = new LinkedHashMap<>();
        manifest.instances().stream()
                .flatMap(i -> Stream.of(PasswordVariable.ofPostgres(i), PasswordVariable.ofRedis(i)))
                .flatMap(Optional::stream)
                .forEach(variable -> variable.file().ifPresent(file -> files.put(variable.name(), file)));
        StringBuilder script = new StringBuilder(SCRIPT.formatted(RenderTarget.ENV.generated()));
        files.forEach((name, file) -> script.append(
                "%s=$(provision_password %s)\nexport %s\n".formatted(name, quoted(fromHere(file)), name)));
        return script.toString();
    }

    /** The reader made it absolute; what lies in the manifest's folder must not tell where that is. */
    private String fromHere(Path file) {
        return file.startsWith(manifest.folder()) ? manifest.folder().relativize(file).toString() : file.toString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
