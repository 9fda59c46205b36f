package io.provision.journal;

/** Quotes texts as SQL takes them: how, is {@code postgres}' business. */
@FunctionalInterface
public interface Quotation {

    /** Makes a literal of what stands in a statement from a place on. */
    void quote(StringBuilder sql, int from);

    /** A text as a literal. */
    default String literal(String text) {
        StringBuilder sql = new StringBuilder(text);
        quote(sql, 0);
        return sql.toString();
    }
}
