package io.provision.apply;

import io.provision.journal.Journal;
import io.provision.journal.Run;
import io.provision.postgres.LoginFacts;
import io.provision.postgres.Postgres;
import io.provision.postgres.PostgresStatements;
import io.provision.postgres.RunLock;
import java.util.function.Consumer;

/**
 * What all parts of one run share.
 *
 * @param waiting is told whom the run waits for
 */
record RunContext(
        Run run,
        LoginFacts facts,
        Postgres postgres,
        RunLock lock,
        Journal journal,
        ChangeTexts texts,
        PostgresStatements statements,
        ApplyOptions options,
        Interruption interruption,
        Consumer<String> waiting) {}
