package io.provision.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;

/** The root: nothing but the shared options. */
@Command(
        name = "provision",
        description = "Provisions PostgreSQL schemas and roles, Redis namespaces and users, and volumes for the "
                + "service instances that a manifest lists.",
        versionProvider = ProvisionCommand.Version.class)
final class ProvisionCommand {

    @Mixin
    private final SharedOptions options;

    ProvisionCommand(SharedOptions options) {
        this.options = options;
    }

    /** What the build wrote down. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            return new String[] {"provision " + number()};
        }

        static String number() {
            Properties properties = new Properties();
            try (InputStream in = Version.class.getResourceAsStream("/io/provision/version.properties")) {
                properties.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return properties.getProperty("version");
        }
    }
}
