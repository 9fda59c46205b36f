package io.provision.bench;

import java.util.Optional;

/**
 * One line of the result.
 *
 * @param unit of the sample: {@code s} or {@code MiB}
 * @param floor what the runs were paired with
 */
record Figure(String what, int instances, String unit, Sample sample, Optional<Sample> floor) {

    static Figure seconds(String what, int instances, Sample sample) {
        return new Figure(what, instances, "s", sample, Optional.empty());
    }

    static Figure seconds(String what, int instances, Sample sample, Sample floor) {
        return new Figure(what, instances, "s", sample, Optional.of(floor));
    }

    static Figure memory(String what, int instances, Sample sample) {
        return new Figure(what, instances, "MiB", sample, Optional.empty());
    }

    Optional<Sample> ratio() {
        return floor.map(sample::over);
    }
}
