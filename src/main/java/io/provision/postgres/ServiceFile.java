package io.provision.postgres;

import io.provision.problem.ExitCode;
import io.provision.problem.Place;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * libpq's service files (PostgreSQL manual, "The Connection Service File"): that of {@code PGSERVICEFILE} or {@code
 * ~/.pg_service.conf}, then the system's. The driver's own reader knows none of libpq's names but four, and gives a
 * file up that has another.
 */
final class ServiceFile {

    private static final String SYSTEM = "/etc/postgresql-common";

    private final Map<String, String> environment;

    ServiceFile(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * @return the service's parameters, by libpq's names
     * @throws ProvisionException USAGE, where no file has it, or one cannot be read
     */
    Map<String, String> parametersOf(String service) {
        List<Path> files = files();
        return files.stream()
                .filter(Files::exists)
                .flatMap(file -> in(file, service).stream())
                .findFirst()
                .orElseThrow(() -> new ProvisionException(
                        ExitCode.USAGE,
                        Problem.error("no service file has the service `%s`: looked for [%s] in %s".formatted(
                                        service,
                                        service,
                                        files.stream().map(Path::toString).collect(Collectors.joining(", "))))
                                .remedy("write it there, or name the file that has it in PGSERVICEFILE")));
    }

    private List<Path> files() {
        Path home = Path.of(variable("HOME").orElse(System.getProperty("user.home", "")));
        return Stream.of(
                        variable("PGSERVICEFILE").map(Path::of).orElse(home.resolve(".pg_service.conf")),
                        Path.of(variable("PGSYSCONFDIR").orElse(SYSTEM), "pg_service.conf"))
                .toList();
    }

    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    private static Optional<Map<String, String>> in(Path file, String service) {
        Map<String, String> parameters = new LinkedHashMap<>();
        boolean found = false;
        boolean inside = false;
        int number = 0;
        for (String line : lines(file)) {
            number++;
            String text = line.strip();
            if (text.startsWith("[")) {
                // The first of a name counts, as for libpq.
                inside = !found && text.equals("[" + service + "]");
                found |= inside;
            } else if (inside && !text.isEmpty() && !text.startsWith("#")) {
                int equals = text.indexOf('=');
                if (equals < 1) {
                    throw unusable(file, number, "this is no `name=value`");
                }
                parameters.putIfAbsent(text.substring(0, equals), text.substring(equals + 1));
            }
        }
        return found ? Optional.of(parameters) : Optional.empty();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw unusable(file, 1, "the service file cannot be read");
        }
    }

    private static ProvisionException unusable(Path file, int line, String why) {
        return new ProvisionException(
                ExitCode.USAGE,
                Problem.error(why).at(new Place(file.toString(), line, 1)).remedy("mend the service file"));
    }
}
