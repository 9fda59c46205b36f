package io.provision.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Databases of the shape of well-known public samples, in {@code src/test/resources/io/provision/roundtrip}: for each
 * one {@code NAME.sql} for every version, and {@code NAME-14.sql} and so on with what that version brought.
 */
public enum SampleDatabase {
    RENTAL, COMPANY, FLIGHTS, EVENTS;

    private static final List<Integer> VERSIONS = List.of(14, 15, 16, 17, 18);

    /** Fills the schema public, as a superuser, and makes the sample's roles. */
    public void load(TestEcosystem ecosystem, int major) {
        ecosystem.execute(read("").orElseThrow());
        VERSIONS.stream()
                .filter(version -> version <= major)
                .flatMap(version -> read("-" + version).stream())
                .forEach(ecosystem::execute);
    }

    private Optional<String> read(String suffix) {
        String file = "/io/provision/roundtrip/" + this + suffix + ".sql";
        try (InputStream in = SampleDatabase.class.getResourceAsStream(file)) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As its files are named. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
