package io.provision.migration;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.migration.KilledRun.Command;
import io.provision.testing.Tollgate.Moment;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run is killed while several sessions are at work: Redis, roles, instances. What comes after what is another order
 * each time; so it is not each message before which it is killed ({@link KilledInitMatrixTest}), but some of them.
 */
@Tag("full")
@Timeout(3600)
class KilledOverlapTest {

    private static final int POINTS = 15;

    @TempDir
    private Path folder;

    @Test
    void whatIsKilledWhileMuchGoesOnAtOnceIsBroughtToItsEndByEither() throws Exception {
        List<String> messages = KilledRun.overlapping(folder.resolve("whole")).sends(Command.INIT);
        int first = firstWith("SETUSER", messages);
        int beyond = messages.size() - first;
        int hit = 0;
        for (int i = 0; i < POINTS; i++) {
            // Dense where roles are made, in the beginning.
            int message = first + beyond * i * i / (POINTS * POINTS);
            Moment moment = List.of(Moment.BEFORE, Moment.UNDERWAY, Moment.AFTER).get(i % 3);
            Command next = Command.values()[i % 2];
            KilledRun run = KilledRun.overlapping(folder.resolve("%d-%s-%s-%s".formatted(i, message, moment, next)));
            hit += run.killedAt(Command.INIT, message, moment) ? 1 : 0;
            run.finishedBy(next);
            run.leavesNothing();
        }
        assertTrue(hit > POINTS / 2, "killed " + hit + " times");
    }

    private static int firstWith(String text, List<String> messages) {
        int message = 0;
        while (!messages.get(message).contains(text)) {
            message++;
        }
        return message + 1;
    }
}
