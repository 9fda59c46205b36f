package io.provision.postgres;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A catalog whose rows are parts of relations: each has an {@code oid} and goes when its relation does.
 *
 * @param relation the column that tells of which relation
 * @param further which of its rows count, of {@code p}; empty for all
 */
record RelationPart(String catalog, String relation, String further) {

    /** Those that somebody may make on a relation that stands, but for indexes, which are relations themselves. */
    static final List<RelationPart> ALL = List.of(
            new RelationPart("pg_attrdef", "adrelid", ""),
            new RelationPart("pg_constraint", "conrelid", ""),
            new RelationPart("pg_trigger", "tgrelid", "AND NOT p.tgisinternal"),
            new RelationPart("pg_rewrite", "ev_class", ""),
            new RelationPart("pg_policy", "polrelid", ""));

    /**
     * The same clause of a statement for each of them.
     *
     * @param clause a format: {@code %1$s} is the catalog, {@code %2$s} and {@code %3$s} are as above
     */
    static String each(String clause, String between) {
        return ALL.stream()
                .map(part -> clause.formatted(part.catalog, part.relation, part.further))
                .collect(Collectors.joining(between));
    }
}
