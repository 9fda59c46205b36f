package io.provision.embedded;

import java.util.Objects;

/**
 * A server that answers.
 *
 * @param url what psql or redis-cli takes; carries the password, so it is for the person who asked and never for a log
 * @param pid the server's own process
 */
public record RunningServer(Kind kind, String url, long pid) {

    public RunningServer {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(url, "url");
    }

    /** Without the password. */
    @Override
    public String toString() {
        return kind.title() + " at " + url.replaceFirst(":[^:@]*@", ":***@") + ", process " + pid;
    }
}
