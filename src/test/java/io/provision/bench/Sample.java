package io.provision.bench;

import java.util.List;
import java.util.stream.IntStream;

/** Seconds (or MiB) of the runs that count, in the order in which they ran; never empty. */
record Sample(List<Double> values) {

    Sample {
        values = List.copyOf(values);
    }

    double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    double least() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    double most() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /** Of each run, what it took compared with the one that it was paired with. */
    Sample over(Sample floor) {
        return new Sample(IntStream.range(0, values.size())
                .mapToObj(run -> values.get(run) / floor.values.get(run))
                .toList());
    }
}
