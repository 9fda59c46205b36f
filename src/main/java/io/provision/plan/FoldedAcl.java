package io.provision.plan;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What owner and next owner hold of one thing where the next owner holds something of it: {@code ALTER … OWNER TO}
 * folds the two into one, and whoever takes that back has to tell them apart again.
 *
 * @param sequence the name of a sequence that the table owns, and that goes where the table goes; empty for the object
 *     itself
 * @param column the column that it is about; empty for the whole relation, type or sequence
 * @param entries all that the owner granted to one of the two; none with the owner as grantee where it gave all its
 *     rights up
 */
public record FoldedAcl(Optional<String> sequence, Optional<String> column, List<AclEntry> entries)
        implements Comparable<FoldedAcl> {

    /** Taking a right on a relation away takes it from its columns, too: these come afterwards. */
    private static final Comparator<FoldedAcl> ORDER = Comparator
            .<FoldedAcl, String>comparing(acl -> acl.sequence().orElse(""))
            .thenComparing(acl -> acl.column().orElse(""));

    public FoldedAcl {
        Objects.requireNonNull(sequence, "sequence");
        Objects.requireNonNull(column, "column");
        entries = entries.stream().sorted().toList();
    }

    @Override
    public int compareTo(FoldedAcl other) {
        return ORDER.compare(this, other);
    }
}
