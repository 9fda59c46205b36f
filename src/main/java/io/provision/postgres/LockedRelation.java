package io.provision.postgres;

import java.util.Optional;

/**
 * A relation that the changes of a transaction lock.
 *
 * @param oid for the catalogs
 * @param ours whether the login is its owner, or will be asked to be
 * @param lockable whether LOCK TABLE takes it, and the login may
 * @param first whether it is dropped only if it is empty, or comes before such a one, and can be locked before all
 *     that is not dropped, without ending whoever reads in a deadlock
 * @param onlyEmpty as SQL takes it, where it must be proven to be empty
 */
record LockedRelation(
        String oid,
        String schema,
        String name,
        String owner,
        boolean ours,
        boolean lockable,
        boolean first,
        Optional<String> onlyEmpty) {

    /**
     * A change of owner to whoever is the owner takes the lock and does nothing. LOCK TABLE does not take
     * sequences, foreign tables and materialized views, and wants privileges that an owner may have given up.
     *
     * @return nothing where the login can take the lock only by doing what needs it
     */
    Optional<String> locking() {
        String relation = Sql.qualified(schema, name);
        if (ours) {
            return Optional.of("ALTER TABLE %s OWNER TO %s".formatted(relation, Sql.identifier(owner)));
        }
        return lockable ? Optional.of("LOCK TABLE ONLY " + relation) : Optional.empty();
    }
}
