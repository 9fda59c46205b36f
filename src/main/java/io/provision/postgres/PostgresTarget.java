package io.provision.postgres;

import io.provision.naming.PercentEncoding;
import io.provision.problem.ExitCode;
import io.provision.problem.ProvisionException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where PostgreSQL is, as pgjdbc takes it ({@code manifest.md}, "Connections").
 *
 * @param jdbcUrl without user and password
 * @param shown what may be printed: the URL with the password masked
 * @param passFileFault why there is no password in the password file that counts, with what to do; empty where there
 *     is one, or no such file
 */
public record PostgresTarget(String jdbcUrl, Properties properties, String shown, Optional<String> passFileFault) {

    public PostgresTarget {
        Objects.requireNonNull(jdbcUrl, "jdbcUrl");
        Objects.requireNonNull(properties, "properties");
        Objects.requireNonNull(shown, "shown");
        Objects.requireNonNull(passFileFault, "passFileFault");
    }

    PostgresTarget(String jdbcUrl, Properties properties, String shown) {
        this(jdbcUrl, properties, shown, Optional.empty());
    }

    /** libpq's parameter, which the driver does not know. */
    static final String PASS_FILE = "passfile";

    private static final String PASSWORD = "password";
    private static final String USUAL_PORT = "5432";

    /** The files of a TLS connection. */
    public record Tls(Optional<Path> ca, Optional<Path> cert, Optional<Path> key) {

        public static final Tls NONE = new Tls(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * @param url a connection URL; empty where libpq's environment variables count
     * @throws ProvisionException with {@link ExitCode#USAGE} when the URL has no form that is known
     */
    public static PostgresTarget of(Optional<String> url, Tls tls, Map<String, String> environment) {
        PostgresTarget target = url.map(u -> PostgresUrl.parse(u, environment))
                .orElseGet(() -> ofEnvironment(environment));
        Properties properties = target.properties;
        tls.ca().ifPresent(file -> properties.setProperty("sslrootcert", file.toString()));
        tls.cert().ifPresent(file -> properties.setProperty("sslcert", file.toString()));
        tls.key().ifPresent(file -> properties.setProperty("sslkey", file.toString()));
        if (tls.ca().isPresent()) {
            properties.putIfAbsent("sslmode", "verify-full");
        }
        fillFromEnvironment(properties, environment);
        Optional<String> named = Optional.ofNullable((String) properties.remove(PASS_FILE));
        if (properties.containsKey(PASSWORD)) {
            return target;
        }
        Optional<PassFile> file = PassFile.of(named, environment);
        // An empty one, or else the driver, which minds nothing, would look for one in its own way.
        properties.setProperty(PASSWORD, "");
        return file.map(target::with).orElse(target);
    }

    private PostgresTarget with(PassFile file) {
        Optional<String> fault = file.fault();
        Optional<String> found = fault.isPresent()
                ? Optional.empty()
                : file.password(hosts(), database(), user());
        found.ifPresent(password -> properties.setProperty(PASSWORD, password));
        return new PostgresTarget(
                jdbcUrl,
                properties,
                shown,
                found.isPresent() ? Optional.empty() : fault.or(() -> Optional.of(file.hasNoLine())));
    }

    private String user() {
        return properties.getProperty("user", System.getProperty("user.name", ""));
    }

    private String database() {
        String named = jdbcUrl.split("/", 4)[3];
        return named.isEmpty() ? user() : PercentEncoding.decoded(named).orElse(named);
    }

    private List<PassFile.HostAndPort> hosts() {
        return Stream.of(jdbcUrl.split("/", 4)[2].split(","))
                .map(address -> {
                    int colon = address.lastIndexOf(':');
                    boolean hasPort = colon > address.lastIndexOf(']');
                    return new PassFile.HostAndPort(
                            (hasPort ? address.substring(0, colon) : address).replaceAll("[\\[\\]]", ""),
                            hasPort ? address.substring(colon + 1) : USUAL_PORT);
                })
                .toList();
    }

    boolean hasPassword() {
        return !properties.getProperty(PASSWORD, "").isEmpty();
    }

    /** Whether there is a choice of hosts, of which one is to be the primary. */
    boolean severalHosts() {
        return jdbcUrl.split("/", 4)[2].contains(",");
    }

    /** The same with another login. */
    PostgresTarget as(String user, char[] password) {
        Properties other = new Properties();
        other.putAll(properties);
        other.setProperty("user", user);
        other.setProperty(PASSWORD, new String(password));
        return new PostgresTarget(jdbcUrl, other, shown.replaceFirst("//[^/]*@", "//" + user + ":***@"));
    }

    private static PostgresTarget ofEnvironment(Map<String, String> environment) {
        Optional<String> service = variable(environment, "PGSERVICE");
        if (service.isPresent()) {
            return PostgresUrl.parse(
                    "postgresql://?service=" + URLEncoder.encode(service.get(), StandardCharsets.UTF_8), environment);
        }
        Properties properties = new Properties();
        String hosts = hostsOf(environment);
        String user = variable(environment, "PGUSER").orElse(System.getProperty("user.name", ""));
        String database = variable(environment, "PGDATABASE").orElse(user);
        return new PostgresTarget(
                "jdbc:postgresql://%s/%s".formatted(hosts, URLEncoder.encode(database, StandardCharsets.UTF_8)),
                properties,
                "postgresql://%s@%s/%s".formatted(user, hosts, database));
    }

    /** The hosts that libpq's environment variables name, and their ports. */
    static String hostsOf(Map<String, String> environment) {
        // A folder of sockets is this machine; the driver speaks TCP alone.
        String host = variable(environment, "PGHOST").filter(h -> !h.startsWith("/")).orElse("localhost");
        return withPorts(host.split(","), variable(environment, "PGPORT").orElse(USUAL_PORT).split(","));
    }

    /** One port is that of all hosts, as for psql. */
    private static String withPorts(String[] hosts, String[] ports) {
        return IntStream.range(0, hosts.length)
                .mapToObj(i -> hosts[i] + ":" + ports[Math.min(i, ports.length - 1)])
                .collect(Collectors.joining(","));
    }

    private static void fillFromEnvironment(Properties properties, Map<String, String> environment) {
        variable(environment, "PGUSER").ifPresent(v -> properties.putIfAbsent("user", v));
        variable(environment, "PGPASSWORD").ifPresent(v -> properties.putIfAbsent(PASSWORD, v));
        variable(environment, "PGSSLMODE").ifPresent(v -> properties.putIfAbsent("sslmode", v));
        variable(environment, "PGSSLROOTCERT").ifPresent(v -> properties.putIfAbsent("sslrootcert", v));
        variable(environment, "PGSSLCERT").ifPresent(v -> properties.putIfAbsent("sslcert", v));
        variable(environment, "PGTARGETSESSIONATTRS")
                .ifPresent(v -> properties.putIfAbsent("targetServerType", UrlParameters.serverType(v)));
        variable(environment, "PGSSLKEY").ifPresent(v -> properties.putIfAbsent("sslkey", v));
    }

    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    /** Never the password, which the generated text would show. */
    @Override
    public String toString() {
        return shown;
    }
}
