package io.provision.postgres;

import io.provision.naming.PercentEncoding;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code postgresql://[user[:password]@][host[:port][,host[:port]…]][/database][?parameter=value&…]}, the same
 * with {@code postgres://} or {@code jdbc:postgresql://} in front, and Python's {@code postgresql+asyncpg://}. Whatever
 * is wrong, the URL itself is never shown, because any part of a broken one may be the password; and the driver never
 * sees a broken one, because it logs it whole.
 */
final class PostgresUrl {

    private static final int LARGEST_PORT = 65_535;

    private static final Pattern FORM =
            Pattern.compile("(?:jdbc:)?(?:postgres|postgresql)(?<python>\\+\\w+)?://(?<rest>.*)");
    private static final Pattern REST = Pattern.compile(
            "(?:(?<login>[^/]*)@)?(?<addresses>[^@/?]*)(?:/(?<database>[^@/?]*))?(?:\\?(?<parameters>.*))?");
    private static final Pattern ADDRESS =
            Pattern.compile("(?<host>\\[[0-9A-Fa-f:.]+(?:%[\\w.-]+)?]|[^\\[\\]:\\s]*)(?::(?<port>.*))?");
    private static final Pattern PORT = Pattern.compile("\\d{1,5}");

    private final Map<String, String> environment;
    private final Properties properties = new Properties();
    private final List<Problem> problems = new ArrayList<>();

    private PostgresUrl(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * @param environment whose PGHOST and PGPORT count where the URL names no host, and whose service file where it
     *     names a service, as for psql
     * @throws ProvisionException USAGE, with all that is wrong
     */
    static PostgresTarget parse(String url, Map<String, String> environment) {
        PostgresUrl reader = new PostgresUrl(environment);
        Optional<PostgresTarget> target = reader.read(url);
        if (!reader.problems.isEmpty()) {
            throw new ProvisionException(ExitCode.USAGE, reader.problems.stream().distinct().toList());
        }
        return target.orElseThrow();
    }

    private Optional<PostgresTarget> read(String url) {
        Matcher form = FORM.matcher(url);
        if (!form.matches()) {
            fault("it has no form that is known",
                    "write postgresql://user@host:5432/database, or jdbc:postgresql://…");
            return Optional.empty();
        }
        Matcher rest = REST.matcher(form.group("rest"));
        if (!rest.matches()) {
            fault("an `@` or a second `/` stands after a `/`",
                    "percent-encode these in user, password and database (`%40`, `%2F`)");
            return Optional.empty();
        }
        readLogin(rest.group("login"));
        readParameters(rest.group("parameters"), form.group("python") != null);
        Map<String, String> service = readService();
        String addresses = readAddresses(rest.group("addresses"), service);
        String database = readDatabase(rest, service);
        return Optional.of(new PostgresTarget(
                "jdbc:postgresql://" + addresses + "/" + database,
                properties,
                "postgresql://%s%s/%s".formatted(shownLogin(), addresses, database)));
    }

    private String readDatabase(Matcher rest, Map<String, String> service) {
        String named = Optional.ofNullable(rest.group("database")).orElse("");
        decoded(named, "database");
        if (!named.isEmpty()) {
            return named;
        }
        Optional<String> variable = rest.group("addresses").isEmpty()
                ? Optional.ofNullable(environment.get("PGDATABASE"))
                : Optional.empty();
        return Optional.ofNullable(service.get("dbname")).or(() -> variable)
                .map(database -> URLEncoder.encode(database, StandardCharsets.UTF_8))
                .orElse("");
    }

    /** What the service says that the URL names; what the URL says itself wins. */
    private Map<String, String> readService() {
        String name = (String) properties.remove("service");
        if (name == null) {
            return Map.of();
        }
        Map<String, String> service = new ServiceFile(environment).parametersOf(name);
        UrlParameters known = new UrlParameters(false);
        Properties more = new Properties();
        service.forEach((parameter, value) -> {
            if (!UrlParameters.isAddress(parameter)) {
                known.fault(parameter, value).ifPresentOrElse(
                        problems::add, () -> known.put(parameter, value, more));
            }
        });
        more.forEach(properties::putIfAbsent);
        return service;
    }

    private String shownLogin() {
        String user = properties.getProperty("user", "");
        return user.isEmpty() ? "" : user + (properties.containsKey("password") ? ":***@" : "@");
    }

    private void readLogin(String login) {
        if (login != null) {
            String[] parts = login.split(":", 2);
            set("user", decoded(parts[0], "user"));
            set("password", decoded(parts.length < 2 ? "" : parts[1], "password"));
        }
    }

    private void set(String name, String value) {
        if (!value.isEmpty()) {
            properties.setProperty(name, value);
        }
    }

    private String readAddresses(String addresses, Map<String, String> service) {
        if (addresses.isEmpty()) {
            Map<String, String> variables = new HashMap<>(environment);
            Optional.ofNullable(service.get("host")).ifPresent(host -> variables.put("PGHOST", host));
            Optional.ofNullable(service.get("port")).ifPresent(port -> variables.put("PGPORT", port));
            return PostgresTarget.hostsOf(variables);
        }
        List<String> read = new ArrayList<>();
        for (String address : addresses.split(",", -1)) {
            read.add(readAddress(address));
        }
        return String.join(",", read);
    }

    private String readAddress(String text) {
        Matcher address = ADDRESS.matcher(text);
        if (!address.matches()) {
            fault("it names a host that cannot be",
                    "write postgresql://user@host:5432/database, an IPv6 address in brackets");
            return "";
        }
        // A folder of sockets (%2Frun) is this machine; the driver speaks TCP alone.
        String host = decoded(address.group("host"), "host");
        String reached = host.isEmpty() || host.startsWith("/") ? "localhost" : host;
        String port = address.group("port");
        return port == null || port.isEmpty() ? reached : reached + ":" + checkedPort(port);
    }

    private String checkedPort(String port) {
        // A password with a slash or a question mark that is not encoded ends up here, so it is not shown.
        if (!PORT.matcher(port).matches() || Integer.parseInt(port) > LARGEST_PORT || Integer.parseInt(port) == 0) {
            fault("a port is not a number from 1 to %d".formatted(LARGEST_PORT),
                    "write postgresql://user@host:5432/database; in user and password write `%2F` for a `/` and"
                            + " `%3F` for a `?`");
        }
        return port;
    }

    private void readParameters(String query, boolean python) {
        if (query == null || query.isEmpty()) {
            return;
        }
        UrlParameters known = new UrlParameters(python);
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals), "query");
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1), "query");
            known.fault(name, value).ifPresentOrElse(
                    problems::add, () -> known.put(name, value, properties));
        }
    }

    private String decoded(String text, String what) {
        return PercentEncoding.decoded(text).orElseGet(() -> {
            fault("a `%%` in the %s is not followed by two hexadecimal digits".formatted(what), "write `%25` for it");
            return "";
        });
    }

    private void fault(String why, String remedy) {
        problems.add(Problem.error("`postgres.url` cannot be used: " + why).remedy(remedy));
    }
}
