package io.provision.plan;

import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/**
 * One privilege that one grantee has on a relation.
 *
 * @param grantee a role's name, or {@link PostgresResource#PUBLIC}
 * @param column the column that it is about; empty for the whole relation
 * @param grantable whether the grantee may grant it to others
 */
public record AclEntry(String grantee, Privilege privilege, Optional<String> column, boolean grantable)
        implements Comparable<AclEntry> {

    private static final Comparator<AclEntry> ORDER = Comparator.comparing(AclEntry::grantee)
            .thenComparing(AclEntry::privilege)
            .thenComparing(entry -> entry.column().orElse(""))
            .thenComparing(AclEntry::grantable);

    public AclEntry {
        Objects.requireNonNull(grantee, "grantee");
        Objects.requireNonNull(privilege, "privilege");
        Objects.requireNonNull(column, "column");
    }

    @Override
    public int compareTo(AclEntry other) {
        return ORDER.compare(this, other);
    }
}
