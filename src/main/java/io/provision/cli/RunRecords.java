package io.provision.cli;

import io.provision.journal.Run;
import io.provision.journal.RunId;
import io.provision.manifest.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Properties;

/** Says who runs what, where, with which version: what the journal is told of a run. */
final class RunRecords {

    private RunRecords() {}

    static Run of(Invocation invocation, Manifest manifest, String command) {
        return new Run(
                RunId.next(invocation.context().clock()),
                command,
                invocation.context().variable("USER").orElse(System.getProperty("user.name", "unknown")),
                host(invocation),
                version(),
                manifest.ecosystem(),
                manifest.sha256());
    }

    /** This machine, as the journal names it. */
    static String host(Invocation invocation) {
        return invocation.context().variable("HOSTNAME").orElseGet(() -> {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException e) {
                return "unknown";
            }
        });
    }

    static String version() {
        Properties properties = new Properties();
        try (InputStream resource = RunRecords.class.getResourceAsStream("/io/provision/version.properties")) {
            properties.load(resource);
        } catch (IOException e) {
            return "unknown";
        }
        return properties.getProperty("version", "unknown");
    }
}
