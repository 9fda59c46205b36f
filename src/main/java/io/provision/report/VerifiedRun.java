package io.provision.report;

import io.provision.verify.Breach;
import io.provision.verify.Check;
import io.provision.verify.Verdict;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A verification, and what a person who looks at it later wants to know of it.
 *
 * @param services each instance of the manifest, in its order, with its service
 * @param places the servers that were looked at, without passwords
 * @param version the tool's
 */
public record VerifiedRun(
        Verdict verdict,
        String ecosystem,
        Map<String, String> services,
        List<String> places,
        Instant at,
        String version) {

    public VerifiedRun {
        Objects.requireNonNull(verdict, "verdict");
        Objects.requireNonNull(ecosystem, "ecosystem");
        services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
        places = List.copyOf(places);
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(version, "version");
    }

    static String whose(String instance) {
        return instance.equals(Breach.EVERY) ? "every instance" : instance;
    }

    static String sentence(Check check) {
        return "%s: %s: %s".formatted(whose(check.instance()), check.name(), check.detail());
    }
}
