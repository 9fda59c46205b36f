package io.provision.plan;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** A kind of object inside a schema that privileges are granted on. */
public enum ObjectKind {
    TABLE("TABLES", 'r', Set.of(
            Privilege.SELECT,
            Privilege.INSERT,
            Privilege.UPDATE,
            Privilege.DELETE,
            Privilege.TRUNCATE,
            Privilege.REFERENCES,
            Privilege.TRIGGER)),
    SEQUENCE("SEQUENCES", 'S', Set.of(Privilege.USAGE, Privilege.SELECT, Privilege.UPDATE)),
    FUNCTION("FUNCTIONS", 'f', Set.of(Privilege.EXECUTE));

    private final String plural;
    private final String words;
    private final char catalogLetter;
    private final Set<Privilege> all;

    ObjectKind(String plural, char catalogLetter, Set<Privilege> all) {
        this.plural = plural;
        this.words = plural.toLowerCase(Locale.ROOT);
        this.catalogLetter = catalogLetter;
        this.all = Privilege.setOf(all);
    }

    public String plural() {
        return plural;
    }

    /** As a person says it, such as {@code tables}. */
    String words() {
        return words;
    }

    /** What {@code GRANT ALL} means in every supported version (MAINTAIN, of 17 and later, is left out). */
    public Set<Privilege> all() {
        return all;
    }

    /** The kind that {@code pg_default_acl.defaclobjtype} names by a letter. */
    public static ObjectKind ofCatalogLetter(char letter) {
        return EnumSet.allOf(ObjectKind.class).stream()
                .filter(kind -> kind.catalogLetter == letter)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no object kind " + letter));
    }
}
