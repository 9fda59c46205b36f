package io.provision.render;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a connection URL of a compose file says that is no secret.
 *
 * @param user empty where it says none, or a variable does
 * @param url without its login; empty where a variable is in it
 */
record ConnectionText(Optional<String> user, Optional<String> url) {

    private static final Pattern URL =
            Pattern.compile("(?:jdbc:)?(?<scheme>[a-z][a-z0-9+]*)://(?:(?<user>[^:@/]*)(?::[^@]*)?@)?(?<place>[^@]*)");

    static Optional<ConnectionText> of(String url) {
        Matcher matcher = URL.matcher(url);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String scheme = matcher.group("scheme");
        return Optional.of(new ConnectionText(
                known(matcher.group("user")).map(user -> user.replace("%3A", ":").replace("%40", "@")),
                known(matcher.group("place")).map(place -> url(scheme, ServiceUrls.withoutLogin(place)))));
    }

    /** Python's services say postgresql+asyncpg, and ssl for sslmode: how they reach it, not where. */
    private static String url(String scheme, String place) {
        String where = scheme.startsWith("postgresql+") ? place.replaceFirst("([?&])ssl=", "$1sslmode=") : place;
        return (scheme.startsWith("postgres") ? "postgresql" : scheme) + "://" + where;
    }

    /** In the environment of a service, where it may be behind the adapter's prefix. */
    static Optional<ConnectionText> in(ComposeService service, String variable) {
        return service.adapterPrefix()
                .flatMap(prefix -> service.environment().getOrDefault(prefix + variable, Optional.empty()))
                .or(() -> service.environment().getOrDefault(variable, Optional.empty()))
                .flatMap(ConnectionText::of);
    }

    private static Optional<String> known(String text) {
        return Optional.ofNullable(text).filter(t -> !t.isEmpty() && t.indexOf(ComposeService.UNKNOWN) < 0);
    }
}
