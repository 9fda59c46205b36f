package io.provision.apply;

import io.provision.journal.RunEntry;
import io.provision.journal.SentChange;
import java.util.List;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/** What one run did: read from the journal as it is used, never all of it at a time. */
public final class RunLog {

    private final RunEntry run;
    private final LongFunction<List<SentChange>> following;

    /** @param following some changes behind one of a number; none where that was the last */
    RunLog(RunEntry run, LongFunction<List<SentChange>> following) {
        this.run = Objects.requireNonNull(run, "run");
        this.following = Objects.requireNonNull(following, "following");
    }

    public RunEntry run() {
        return run;
    }

    /** In the order in which they were sent. */
    public Stream<SentChange> changes() {
        return Stream.iterate(
                        following.apply(0),
                        some -> !some.isEmpty(),
                        some -> following.apply(some.get(some.size() - 1).number()))
                .flatMap(List::stream);
    }
}
