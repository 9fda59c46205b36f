package io.provision.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WorkersTest {

    private static final int PARTS = 100;

    /** One that has begun may wait for another, which there might be no thread for any more. */
    @Test
    void nothingIsBegunBeforeAllHaveTheirThread() {
        AtomicLong threads = new AtomicLong();
        List<Runnable> parts = new ArrayList<>(List.of(() -> threads.set(ofThisPool())));
        parts.addAll(Collections.nCopies(PARTS - 1, () -> { }));

        new Workers(new Interruption(), new RunResults()).together(parts);

        assertEquals(PARTS, threads.get());
    }

    private static long ofThisPool() {
        String name = Thread.currentThread().getName();
        String pool = name.substring(0, name.lastIndexOf('-') + 1);
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(pool))
                .count();
    }
}
