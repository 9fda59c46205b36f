package io.provision.bench;

import java.io.IOException;
import java.util.function.Consumer;

/**
 * What one number of instances is measured with.
 *
 * @param measured told of each figure as soon as it is known
 */
record Trial(Arguments arguments, Template template, Job job, Tool tool, Consumer<Figure> measured) {

    Pairs pairs(Pairs.Timed floor, Pairs.Timed other) throws IOException, InterruptedException {
        return new Pairs(arguments.runs, floor, other);
    }

    void tell(String what, Sample sample) {
        measured.accept(Figure.seconds(what, job.instances(), sample));
    }

    /** Beside what it was paired with. */
    void tell(String what, Pairs pairs) {
        measured.accept(Figure.seconds(what, job.instances(), pairs.tool(), pairs.floor()));
    }

    void tellMemory(String what, Sample sample) {
        measured.accept(Figure.memory(what, job.instances(), sample));
    }
}
