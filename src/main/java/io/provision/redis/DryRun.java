package io.provision.redis;

import java.util.List;
import java.util.Objects;

/** What a server says of a command without doing it ({@code ACL DRYRUN}, 7.0 and later). */
public sealed interface DryRun {

    /** @param words the command and what follows it */
    record Question(String user, List<String> words) {

        public Question {
            Objects.requireNonNull(user, "user");
            words = List.copyOf(words);
        }
    }

    record Told(boolean allowed) implements DryRun {}

    /** @param why the server's own words: there is no such command, or no such user, or the login may not ask */
    record Untold(String why) implements DryRun {

        public Untold {
            Objects.requireNonNull(why, "why");
        }
    }
}
