package io.provision.naming;

import java.util.Set;

/**
 * The key words that cannot stand unquoted as a schema in {@code FROM x.t}: those that Appendix C of the PostgreSQL
 * manual, "SQL Key Words", calls reserved, among them the "reserved (can be function or type)". One list for versions
 * 13 to 18, which differ in a single word: {@code system_user} became reserved with 16. A server's own list is
 * {@code pg_get_keywords()}, categories R and T.
 */
final class ReservedWords {

    private static final Set<String> WORDS = Set.of("""
            all analyse analyze and any array as asc asymmetric authorization binary both case cast check
            collate collation column concurrently constraint create cross current_catalog current_date
            current_role current_schema current_time current_timestamp current_user default deferrable desc
            distinct do else end except false fetch for foreign freeze from full grant group having ilike in
            initially inner intersect into is isnull join lateral leading left like limit localtime
            localtimestamp natural not notnull null offset on only or order outer overlaps placing primary
            references returning right select session_user similar some symmetric system_user table tablesample
            then to trailing true union unique user using variadic verbose when where window with
            """.strip().split("\\s+"));

    private ReservedWords() {}

    /** @param identifier in lower case, as PostgreSQL reads it */
    static boolean contains(String identifier) {
        return WORDS.contains(identifier);
    }
}
