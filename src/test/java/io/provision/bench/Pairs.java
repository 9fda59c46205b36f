package io.provision.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Two ways of doing the same, measured by turns, so that whatever else the machine does meets both. */
final class Pairs {

    private final List<Double> floor = new ArrayList<>();
    private final List<Double> tool = new ArrayList<>();

    /** One run of something, and what it took in seconds. */
    interface Timed {
        double seconds() throws IOException, InterruptedException;
    }

    /** @param runs that count; one more goes first and is thrown away */
    Pairs(int runs, Timed floorRun, Timed toolRun) throws IOException, InterruptedException {
        floorRun.seconds();
        toolRun.seconds();
        for (int run = 0; run < runs; run++) {
            if (run % 2 == 0) {
                floor.add(floorRun.seconds());
                tool.add(toolRun.seconds());
            } else {
                tool.add(toolRun.seconds());
                floor.add(floorRun.seconds());
            }
        }
    }

    Sample floor() {
        return new Sample(floor);
    }

    Sample tool() {
        return new Sample(tool);
    }
}
