package io.provision.testing;

/** What the journal has of runs that were killed: their texts, and no outcome. */
final class KilledRuns {

    /** A run {@code killed} that meant to do what the newest one of a command did, on a machine. */
    static final String LIKE = """
            INSERT INTO provision.runs (run, command, os_user, host, version, ecosystem, manifest_sha256)
            SELECT 'killed', command, os_user, '%2$s', version, ecosystem, manifest_sha256
            FROM provision.runs
            WHERE command = '%1$s'
            ORDER BY started_at DESC
            LIMIT 1;
            INSERT INTO provision.intents (run, instance, changes)
            SELECT 'killed', i.instance, i.changes
            FROM provision.intents i
            WHERE i.run = (
              SELECT run
              FROM provision.runs
              WHERE command = '%1$s'
                AND run <> 'killed'
              ORDER BY started_at DESC
              LIMIT 1
            )
            """;

    /** What runs meant to do and did not end, as run and instance. */
    static final String OPEN = """
            SELECT run || ' ' || instance
            FROM provision.intents
            EXCEPT
            SELECT run || ' ' || instance
            FROM provision.intent_outcomes
            """;

    private KilledRuns() {}
}
