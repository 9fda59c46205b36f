package io.provision.migration;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.migration.KilledRun.Command;
import io.provision.testing.Tollgate;
import io.provision.testing.Tollgate.Moment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A run is killed with SIGKILL before each message to a server that changes something, and so after the one before it;
 * after each that lasts when the client goes, before the client knows; and with each COMMIT on its way. What is done on
 * the disk is done between messages. From wherever that leaves things, {@code init} converges and {@code rollback}
 * restores.
 */
@Timeout(3600)
abstract class KillMatrix {

    private static final Pattern CHANGES = Pattern.compile(
            "\\b(COMMIT|INSERT|CREATE|ALTER|GRANT|REVOKE|COMMENT|DROP|DO E?'|DO \\$|SELECT \"|SET\r|EVAL|DEL\r"
                    + "|SETUSER|DELUSER|REWRITE)");

    /** Its protocol's sign of a command. */
    private static final String REDIS = "*";

    private final Command killed;

    @TempDir
    private Path folder;

    /** @param killed what is killed: each has a class of its own, so that the two go side by side */
    KillMatrix(Command killed) {
        this.killed = killed;
    }

    /** A point in a run at which it is killed. */
    private record Point(int message, Moment moment) {}

    /** Both ways out from each point take twice as long: {@code -Dprovision.test.kill=both}; else they take turns. */
    @Test
    void whatIsKilledAnywhereIsBroughtToItsEndByEither() throws Exception {
        List<String> messages = new KilledRun(folder.resolve("whole")).sends(killed);
        List<Point> points = points(messages);
        assertTrue(points.size() > 30, points::toString);
        boolean both = "both".equals(System.getProperty("provision.test.kill"));
        int hit = 0;
        for (int i = 0; i < points.size(); i++) {
            for (Command next : Command.values()) {
                if (both || next.ordinal() == i % Command.values().length) {
                    hit += killed(points.get(i), next) ? 1 : 0;
                }
            }
        }
        System.out.printf("%s killed %d times at %d points (%d messages): no row lost, nothing left over%n",
                killed, hit, points.size(), messages.size());
    }

    private boolean killed(Point point, Command next) throws Exception {
        KilledRun run = new KilledRun(folder.resolve("%d-%s-%s".formatted(point.message(), point.moment(), next)));
        boolean hit = run.killedAt(killed, point.message(), point.moment());
        run.finishedBy(next);
        run.leavesNothing();
        return hit;
    }

    private static List<Point> points(List<String> messages) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            if (CHANGES.matcher(messages.get(i)).find()) {
                points.add(new Point(i + 1, Moment.BEFORE));
                if (messages.get(i).contains("COMMIT")) {
                    points.add(new Point(i + 1, Moment.UNDERWAY));
                    points.add(new Point(i + 1, Moment.AFTER));
                } else if (messages.get(i).startsWith(REDIS)) {
                    points.add(new Point(i + 1, Moment.AFTER));
                }
            }
        }
        return points;
    }

    /** Its backend lives on, and commits while the next run begins. */
    @ParameterizedTest
    @EnumSource(Command.class)
    void whileTheServerIsAtItsCommit(Command next) throws Exception {
        List<String> messages = new KilledRun(folder.resolve("whole")).withSlowCommits().sends(killed);
        long commits = messages.stream().filter(message -> message.contains(Tollgate.COMMIT)).count();
        for (int commit = 1; commit <= commits; commit++) {
            KilledRun run = new KilledRun(folder.resolve("at-" + commit)).withSlowCommits();
            run.killedAtCommit(killed, commit);
            run.finishedBy(next);
            run.leavesNothing();
        }
    }

    /** Folders are made and removed faster than anybody could look: whichever stand when it dies will do. */
    @ParameterizedTest
    @EnumSource(Command.class)
    void amongItsFolders(Command next) throws Exception {
        for (String last : List.of("a", "b", "c", "d", "e", "f")) {
            KilledRun run = new KilledRun(folder.resolve(next + last));
            run.killedOnceThereIs(killed, last);
            run.finishedBy(next);
            run.leavesNothing();
        }
    }
}
