package io.provision.apply;

import io.provision.journal.Journal;
import io.provision.journal.Run;
import io.provision.plan.Desired;
import io.provision.postgres.LoginFacts;
import io.provision.postgres.Postgres;
import io.provision.postgres.PostgresStatements;
import io.provision.postgres.RunLock;
import java.util.Map;

/**
 * What all parts of one run share.
 *
 * @param desired what should stand, of all instances
 * @param postgresByInstance each instance's own part of it in PostgreSQL
 */
record RunContext(
        Run run,
        Desired desired,
        Map<String, Desired> postgresByInstance,
        LoginFacts facts,
        Postgres postgres,
        RunLock lock,
        Journal journal,
        ChangeTexts texts,
        PostgresStatements statements,
        ApplyOptions options,
        Interruption interruption) {}
