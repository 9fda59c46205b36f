package io.provision.postgres;

import io.provision.plan.JournalMark;

/** The number that the database gave the journal's table: a restored one gives another. */
public final class JournalOid {

    /** A scalar subquery; 0 where no journal stands. Looked up by its mark, because only its owner may name it. */
    public static final String SQL = """
            (SELECT coalesce(min(j.oid::bigint), 0)
             FROM pg_class j
             JOIN pg_namespace s ON s.oid = j.relnamespace
             WHERE j.relname = 'changes'
               AND obj_description(s.oid, 'pg_namespace') LIKE '%s')""".formatted(JournalMark.PATTERN);

    private JournalOid() {}
}
