package io.provision.redis;

import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code redis://[[user]:password@]host[:port][/database]} and {@code rediss://…}. {@link java.net.URI} is not
 * up to it: it finds no host in {@code redis_server}, which is a name in many a compose file. Whatever is wrong, the
 * URL itself is never shown, because any part of a broken one may be the password.
 */
final class RedisUrl {

    private static final int USUAL_PORT = 6379;
    private static final int LARGEST_PORT = 65_535;

    private static final Pattern FORM = Pattern.compile("(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?<rest>.*)");
    private static final Pattern REST =
            Pattern.compile("(?:(?<login>[^/?#]*)@)?(?<address>[^@/?#]*)(?:/(?<database>[^@?#]*))?(?<more>[?#][^@]*)?");
    private static final Pattern ADDRESS =
            Pattern.compile("(?:\\[(?<six>[0-9A-Fa-f:.]+(?:%[\\w.-]+)?)]|(?<host>[^\\[\\]:\\s]+))(?::(?<port>.*))?");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final Pattern PERCENT_ENCODED = Pattern.compile("(?:[^%]|%[0-9A-Fa-f]{2})*");

    private final List<Problem> problems = new ArrayList<>();

    private RedisUrl() {}

    static RedisTarget parse(String url, TlsFiles files) {
        RedisUrl reader = new RedisUrl();
        Optional<RedisTarget> target = reader.read(url, files);
        if (!reader.problems.isEmpty()) {
            throw new ProvisionException(ExitCode.USAGE, reader.problems);
        }
        return target.orElseThrow();
    }

    private Optional<RedisTarget> read(String url, TlsFiles files) {
        Matcher form = FORM.matcher(url);
        if (!form.matches()) {
            fault("it has no `redis://` or `rediss://` in front", "write `redis://[user:password@]host[:port]`");
            return Optional.empty();
        }
        boolean tls = readScheme(form.group("scheme"), files);
        Matcher rest = REST.matcher(form.group("rest"));
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        if (!rest.matches()) {
            fault("an `@` stands after a `/`, a `?` or a `#`", "percent-encode these in user and password"
                    + " (`%40`, `%2F`, `%3F`, `%23`)");
            return Optional.empty();
        }
        return Optional.of(readRest(rest, tls, files));
    }

    private boolean readScheme(String scheme, TlsFiles files) {
        boolean tls = scheme.equalsIgnoreCase("rediss");
        if (scheme.toLowerCase(Locale.ROOT).contains("sentinel")) {
            fault("this version provisions standalone servers only, not through a Sentinel", "name the primary itself,"
                    + " as `redis://[user:password@]host[:port]`");
        } else if (!tls && !scheme.equalsIgnoreCase("redis")) {
            fault("`%s://` is not known".formatted(scheme), "write `redis://`, or `rediss://` for an encrypted one");
        }
        if (!tls && !files.equals(TlsFiles.NONE)) {
            fault("`redis.tls` is set, and the URL asks for no encryption", "write `rediss://`, or take `redis.tls`"
                    + " away");
        }
        if (files.cert().isPresent() != files.key().isPresent()) {
            fault("`redis.tls` has one of `cert` and `key` without the other", "give both, or neither");
        }
        return tls;
    }

    private RedisTarget readRest(Matcher rest, boolean tls, TlsFiles files) {
        if (rest.group("more") != null) {
            fault("nothing may follow the database's number", "take away what stands from `?` or `#` on; in user and"
                    + " password write `%3F` and `%23`");
        }
        int database = number(rest.group("database"), 0, Integer.MAX_VALUE, "the database");
        Matcher address = ADDRESS.matcher(rest.group("address"));
        boolean addressed = address.matches();
        if (!addressed) {
            fault("it names no host, or one that cannot be", "write `redis://[user:password@]host[:port]`, an IPv6"
                    + " address in brackets");
        }
        int port = addressed ? number(address.group("port"), USUAL_PORT, LARGEST_PORT, "the port") : USUAL_PORT;
        String host = addressed ? Optional.ofNullable(address.group("six")).orElseGet(() -> address.group("host")) : "";
        List<Optional<String>> login = readLogin(rest.group("login"));
        return new RedisTarget(host, port, database, tls, login.get(0), login.get(1), files);
    }

    /** User and password. */
    private List<Optional<String>> readLogin(String login) {
        if (login == null || login.isEmpty()) {
            return List.of(Optional.empty(), Optional.empty());
        }
        int colon = login.indexOf(':');
        if (colon < 0) {
            fault("what stands before the `@` may be a user or a password", "write `:password@`, `user:password@`, or"
                    + " `user:@` for a user without one");
            return List.of(Optional.empty(), Optional.empty());
        }
        String user = decoded(login.substring(0, colon), "user");
        return List.of(
                user.isEmpty() ? Optional.empty() : Optional.of(user),
                Optional.of(decoded(login.substring(colon + 1), "password")));
    }

    private String decoded(String text, String what) {
        if (!PERCENT_ENCODED.matcher(text).matches()) {
            fault("a `%%` in the %s is not followed by two hexadecimal digits".formatted(what), "write `%25` for it");
            return "";
        }
        // URLDecoder is made for forms, where a plus is a space.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private int number(String text, int usual, int largest, String what) {
        if (text == null || text.isEmpty()) {
            return usual;
        }
        if (!NUMBER.matcher(text).matches() || Integer.parseInt(text) > largest) {
            // A password with a colon or slash that is not encoded ends up here, so it is not shown.
            fault("%s is not a number up to %d".formatted(what, largest), "write `redis://[user:password@]host[:port]"
                    + "[/database]`");
            return usual;
        }
        return Integer.parseInt(text);
    }

    private void fault(String why, String remedy) {
        problems.add(Problem.error("`redis.url` cannot be used: " + why).remedy(remedy));
    }
}
