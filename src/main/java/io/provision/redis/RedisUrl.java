package io.provision.redis;

import io.provision.naming.PercentEncoding;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code redis://[[user]:password@]host[:port][,host[:port]…][/database]}, {@code rediss://…}, and {@code
 * redis+sentinel://[[user]:password@]host[:port][,host[:port]…]/master[/database]}. {@link java.net.URI} is not up to
 * it: it finds no host in {@code redis_server}, which is a name in many a compose file. Whatever is wrong, the URL
 * itself is never shown, because any part of a broken one may be the password.
 */
final class RedisUrl {

    private static final int USUAL_PORT = 6379;
    private static final int USUAL_PORT_OF_SENTINEL = 26_379;
    private static final int LARGEST_PORT = 65_535;

    private static final Pattern FORM = Pattern.compile("(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?<rest>.*)");
    private static final Pattern REST =
            Pattern.compile("(?:(?<login>[^/?#]*)@)?(?<addresses>[^@/?#]*)(?:/(?<path>[^@?#]*))?(?<more>[?#][^@]*)?");
    private static final Pattern ADDRESS =
            Pattern.compile("(?:\\[(?<six>[0-9A-Fa-f:.]+(?:%[\\w.-]+)?)]|(?<host>[^\\[\\]:\\s]+))(?::(?<port>.*))?");
    private static final Pattern MASTER = Pattern.compile("(?<master>[A-Za-z0-9._-]+)(?:/(?<database>.*))?");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");

    private final TlsFiles files;
    private final List<Problem> problems = new ArrayList<>();

    private RedisUrl(TlsFiles files) {
        this.files = files;
    }

    static RedisServers parse(List<String> urls, TlsFiles files) {
        RedisUrl reader = new RedisUrl(files);
        List<RedisServers> read = urls.stream().flatMap(url -> reader.read(url).stream()).toList();
        if (reader.problems.isEmpty()) {
            reader.requireOneGroup(read);
        }
        if (!reader.problems.isEmpty()) {
            throw new ProvisionException(ExitCode.USAGE, reader.problems.stream().distinct().toList());
        }
        return new RedisServers(
                read.stream().flatMap(servers -> servers.named().stream()).toList(), read.get(0).master());
    }

    private void requireOneGroup(List<RedisServers> read) {
        if (read.size() > 1 && read.stream().anyMatch(servers -> servers.master().isPresent())) {
            fault("it is a list, and one of it is of sentinels", "write all sentinels into one URL:"
                    + " `redis+sentinel://[user:password@]host,host,host/master`");
        } else if (!read.stream().allMatch(servers -> servers.first().isAlike(read.get(0).first()))) {
            fault("its nodes differ in login, encryption or database", "the same is used at all nodes of a cluster:"
                    + " write it into each");
        }
    }

    private Optional<RedisServers> read(String url) {
        Matcher form = FORM.matcher(url);
        if (!form.matches()) {
            fault("it has no `redis://` or `rediss://` in front", "write `redis://[user:password@]host[:port]`");
            return Optional.empty();
        }
        int before = problems.size();
        String scheme = form.group("scheme").toLowerCase(Locale.ROOT);
        readScheme(scheme);
        Matcher rest = REST.matcher(form.group("rest"));
        if (problems.size() > before) {
            return Optional.empty();
        }
        if (!rest.matches()) {
            fault("an `@` stands after a `/`, a `?` or a `#`", "percent-encode these in user and password"
                    + " (`%40`, `%2F`, `%3F`, `%23`)");
            return Optional.empty();
        }
        return Optional.of(readRest(rest, scheme.startsWith("rediss"), scheme.endsWith("+sentinel")));
    }

    private void readScheme(String scheme) {
        boolean tls = scheme.startsWith("rediss");
        if (!List.of("redis", "rediss", "redis+sentinel", "rediss+sentinel").contains(scheme)) {
            fault("`%s://` is not known".formatted(scheme), scheme.contains("sentinel")
                    ? "write `redis+sentinel://`, or `rediss+sentinel://` for encrypted ones"
                    : "write `redis://`, or `rediss://` for an encrypted one");
        }
        if (!tls && !files.equals(TlsFiles.NONE)) {
            fault("`redis.tls` is set, and the URL asks for no encryption", "write `rediss://`, or take `redis.tls`"
                    + " away");
        }
        if (files.cert().isPresent() != files.key().isPresent()) {
            fault("`redis.tls` has one of `cert` and `key` without the other", "give both, or neither");
        }
    }

    private RedisServers readRest(Matcher rest, boolean tls, boolean sentinel) {
        if (rest.group("more") != null) {
            fault("nothing may follow the database's number", "take away what stands from `?` or `#` on; in user and"
                    + " password write `%3F` and `%23`");
        }
        String database = rest.group("path");
        Optional<String> master = Optional.empty();
        if (sentinel) {
            Matcher path = MASTER.matcher(database == null ? "" : database);
            boolean named = path.matches();
            if (!named) {
                fault("it does not say how the sentinels call the master", "write"
                        + " `redis+sentinel://[user:password@]host,host,host/master`");
            }
            master = named ? Optional.of(path.group("master")) : Optional.of("");
            database = named ? path.group("database") : "";
        }
        List<Optional<String>> login = readLogin(rest.group("login"));
        RedisTarget common = new RedisTarget(
                "", 0, number(database, 0, Integer.MAX_VALUE, "the database"), tls, login.get(0), login.get(1), files);
        List<RedisTarget> named = new ArrayList<>();
        for (String address : rest.group("addresses").split(",", -1)) {
            named.add(readAddress(address, common, sentinel ? USUAL_PORT_OF_SENTINEL : USUAL_PORT));
        }
        return new RedisServers(named, master);
    }

    private RedisTarget readAddress(String text, RedisTarget common, int usualPort) {
        Matcher address = ADDRESS.matcher(text);
        if (!address.matches()) {
            fault("it names no host, or one that cannot be", "write `redis://[user:password@]host[:port]`, an IPv6"
                    + " address in brackets");
            return common;
        }
        return common.at(
                Optional.ofNullable(address.group("six")).orElseGet(() -> address.group("host")),
                number(address.group("port"), usualPort, LARGEST_PORT, "the port"));
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
        return PercentEncoding.decoded(text).orElseGet(() -> {
            fault("a `%%` in the %s is not followed by two hexadecimal digits".formatted(what), "write `%25` for it");
            return "";
        });
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
