package io.provision.manifest;

import io.provision.naming.Identity;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads where a password comes from; never the password. */
final class PasswordReader {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");

    private final Path folder;
    private final Faults faults;

    PasswordReader(Path folder, Faults faults) {
        this.folder = folder;
        this.faults = faults;
    }

    Optional<PasswordSource> read(Settings source, Identity identity) {
        Optional<PasswordSource> environment = source.text("env").map(PasswordSource.Environment::new);
        Optional<PasswordSource> file =
                source.scalar("file").flatMap(path -> expand(path, identity)).map(PasswordSource.File::new);
        Optional<PasswordSource> generate =
                source.scalar("generate").flatMap(path -> expand(path, identity)).map(PasswordSource.Generate::new);
        return environment.or(() -> file).or(() -> generate);
    }

    private Optional<Path> expand(Value.Scalar path, Identity identity) {
        StringBuilder expanded = new StringBuilder();
        Matcher matcher = PLACEHOLDER.matcher(path.text());
        while (matcher.find()) {
            String value = switch (matcher.group(1)) {
                case "instance" -> identity.instance();
                case "service" -> identity.service();
                default -> "";
            };
            if (value.isEmpty()) {
                faults.error(path.place(), "the placeholder `" + matcher.group() + "` is unknown in a password's path",
                        "known: {instance}, {service}");
                return Optional.empty();
            }
            matcher.appendReplacement(expanded, Matcher.quoteReplacement(value));
        }
        return Optional.of(folder.resolve(matcher.appendTail(expanded).toString()).normalize());
    }
}
