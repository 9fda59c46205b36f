package io.provision.render;

import io.provision.manifest.Instance;
import io.provision.manifest.Manifest;
import io.provision.manifest.PostgresSettings;
import io.provision.manifest.RedisSettings;
import io.provision.naming.NamingRule;
import io.provision.problem.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the services are told of where their data is: the instance's own login, and never a password. */
final class ServiceUrls {

    private static final Pattern POSTGRES = Pattern.compile(
            "(?:jdbc:)?postgres(?:ql)?(?:\\+\\w+)?://(?:[^/?]*@)?(?<hosts>[^@/?]*)(?:/(?<database>[^?]*))?"
                    + "(?:\\?(?<parameters>.*))?");
    private static final Pattern REDIS =
            Pattern.compile("(?<scheme>[a-z+]+)://(?:(?<user>[^:@/]*)(?<password>:[^/]*)?@)?(?<rest>[^@]*)");

    /** What would log in as somebody else, or tell a secret. */
    private static final Set<String> LOGIN_PARAMETERS =
            Set.of("user", "username", "password", "sslpassword", "passfile");
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]", "");

    private final Postgres postgres;
    private final Redis redis;
    private final boolean acl;
    private final List<Problem> warnings = new ArrayList<>();

    /** @param place host, database and parameters, as libpq takes them */
    private record Postgres(String place, String forPython) {

        static Postgres of(String hosts, String database, List<String> parameters) {
            String place = hosts + "/" + database;
            return new Postgres(with(place, parameters), with(place, parameters.stream()
                    .map(parameter -> parameter.replaceFirst("^sslmode=", "ssl="))
                    .toList()));
        }
    }

    private record Redis(String scheme, Optional<String> user, boolean password, String rest) {}

    ServiceUrls(Manifest manifest) {
        this.postgres = postgres(manifest.postgres(), manifest.ecosystem());
        this.redis = redis(manifest.redis());
        this.acl = manifest.redis().acl();
    }

    /** Where the services may not find the servers by what the manifest says. */
    List<Problem> warnings() {
        return List.copyOf(warnings);
    }

    /** In the form that the service's adapter takes: SQLAlchemy's for the Python ones. */
    EnvValue postgres(Instance instance) {
        boolean python = instance.adapter().rule() == NamingRule.PYTHON_DATA_ADAPTER;
        List<EnvValue.Part> parts = new ArrayList<>();
        parts.add(text((python ? "postgresql+asyncpg://" : "postgresql://") + instance.names().role()));
        PasswordVariable.ofPostgres(instance).ifPresent(variable -> {
            parts.add(text(":"));
            parts.add(variable.reference());
        });
        parts.add(text("@" + (python ? postgres.forPython() : postgres.place())));
        return new EnvValue(parts);
    }

    EnvValue redis(Instance instance) {
        List<EnvValue.Part> parts = new ArrayList<>();
        parts.add(text(redis.scheme() + "://"));
        if (acl) {
            parts.add(text(encoded(instance.names().redisUser()) + ":"));
            PasswordVariable.ofRedis(instance).ifPresent(variable -> parts.add(variable.reference()));
            parts.add(text("@"));
        } else if (redis.password()) {
            parts.add(text(redis.user().orElse("") + ":"));
            parts.add(EnvValue.required("REDIS_PASSWORD", "set it"));
            parts.add(text("@"));
        }
        parts.add(text(redis.rest()));
        return new EnvValue(parts);
    }

    /** Of what a user's name may have, these two end it in a URL. */
    private static String encoded(String user) {
        return user.replace(":", "%3A").replace("@", "%40");
    }

    private static EnvValue.Part text(String text) {
        return new EnvValue.Part.Text(text);
    }

    private Postgres postgres(PostgresSettings settings, String ecosystem) {
        Optional<String> said = settings.serviceUrl()
                .or(() -> settings.url().filter(url -> !url.equals(PostgresSettings.EMBEDDED)));
        Optional<Matcher> url = said.map(POSTGRES::matcher).filter(Matcher::matches);
        if (url.isEmpty()) {
            String database = ecosystem.replaceAll("[^A-Za-z0-9_]", "_");
            warnings.add(unknown("postgres", "PostgreSQL", "postgres:5432/" + database));
            return Postgres.of("postgres:5432", database, List.of());
        }
        String hosts = url.get().group("hosts");
        warnOfThisMachine("postgres", "PostgreSQL", hosts);
        return Postgres.of(hosts, Optional.ofNullable(url.get().group("database")).orElse(""),
                Optional.ofNullable(url.get().group("parameters")).map(ServiceUrls::parameters).orElse(List.of()));
    }

    private Redis redis(RedisSettings settings) {
        Optional<String> said = settings.serviceUrl()
                .or(() -> settings.urls().stream().findFirst().filter(url -> !url.equals(RedisSettings.EMBEDDED)));
        Optional<Matcher> url = said.map(REDIS::matcher).filter(Matcher::matches);
        if (url.isEmpty()) {
            warnings.add(unknown("redis", "Redis", "redis:6379"));
            return new Redis("redis", Optional.empty(), false, "redis:6379/0");
        }
        String rest = url.get().group("rest");
        warnOfThisMachine("redis", "Redis", rest.replaceAll("[/?#].*", ""));
        return new Redis(
                url.get().group("scheme"),
                Optional.ofNullable(url.get().group("user")),
                url.get().group("password") != null,
                withoutLogin(rest));
    }

    /** What follows a URL's login, with those of its parameters that are no login. */
    static String withoutLogin(String rest) {
        String[] parts = rest.split("\\?", 2);
        return parts.length < 2 ? rest : with(parts[0], parameters(parts[1]));
    }

    private static List<String> parameters(String all) {
        return Arrays.stream(all.split("&"))
                .filter(parameter -> !parameter.isEmpty())
                .filter(parameter -> !LOGIN_PARAMETERS.contains(parameter.split("=", 2)[0]))
                .toList();
    }

    private static String with(String place, List<String> parameters) {
        return parameters.isEmpty() ? place : place + "?" + String.join("&", parameters);
    }

    private void warnOfThisMachine(String key, String server, String hosts) {
        boolean here = Arrays.stream(hosts.split(","))
                .map(host -> host.replaceAll(":\\d*$", ""))
                .anyMatch(THIS_MACHINE::contains);
        if (here) {
            warnings.add(Problem.warning("the services are told that %s is on localhost, which in a container is the "
                    .formatted(server) + "container").remedy("write `%s.service_url`".formatted(key)));
        }
    }

    private static Problem unknown(String key, String server, String assumed) {
        return Problem.warning("the manifest does not say where the services find %s: %s is assumed"
                .formatted(server, assumed)).remedy("write `%s.service_url`".formatted(key));
    }
}
