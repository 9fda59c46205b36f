package io.provision.plan;

/**
 * Which object it is that has a name, for as long as it stands where the journal stands: a database that was restored
 * numbers its objects anew, and the journal's table as well.
 *
 * @param journal the OID of the journal's table of changes; 0 where none stood when the object was looked at
 * @param object the OID of the relation or type
 */
public record CatalogIdentity(long journal, long object) {

    /** Whether the two are known to be different objects. */
    boolean differsFrom(CatalogIdentity other) {
        return journal == other.journal && object != other.object;
    }

    /** Plans' fingerprints are made of it: one that was made before the journal was is not stale for that. */
    @Override
    public String toString() {
        return "object " + object;
    }
}
