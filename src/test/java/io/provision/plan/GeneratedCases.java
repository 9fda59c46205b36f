package io.provision.plan;

import io.provision.plan.StateGenerator.Case;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** The cases over which laws are held: those from {@code -Dprovision.seed} on, or else from 1. */
final class GeneratedCases {

    private static final int COUNT = 500;

    private final List<Case> cases;

    GeneratedCases() {
        long first = Long.getLong("provision.seed", 1);
        cases = LongStream.range(first, first + COUNT).mapToObj(StateGenerator::generate).toList();
    }

    void each(Consumer<Case> law) {
        cases.forEach(c -> {
            try {
                law.accept(c);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("does not hold for -Dprovision.seed=%d: %s".formatted(c.seed(), e), e);
            }
        });
    }
}
