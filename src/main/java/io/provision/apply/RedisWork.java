package io.provision.apply;

import io.provision.plan.Change;
import io.provision.plan.Store;
import java.util.List;

/** What a run does in Redis, for all instances at once: it sets the users, and then tries the namespaces, as them. */
final class RedisWork {

    private final UserPhase users;
    private final Stores stores;
    private final Passwords passwords;
    private final List<Change> left;
    private volatile NamespaceValidations namespaces = NamespaceValidations.NONE;

    /** @param left what killed runs meant to do, and may not have had written down */
    RedisWork(UserPhase users, Stores stores, Passwords passwords, List<Change> left) {
        this.users = users;
        this.stores = stores;
        this.passwords = passwords;
        this.left = List.copyOf(left);
    }

    /** @param transaction in whose guard it is done */
    void setUsers(WorkTransaction transaction, List<Change> changes) {
        users.persistOf(left);
        if (changes.stream().anyMatch(change -> change.store() == Store.REDIS)) {
            transaction.alone(() -> users.apply(changes));
        }
    }

    void tryNamespaces(List<Change> changes) {
        namespaces = NamespaceValidations.validate(
                stores, passwords, users.made(), changes.stream().map(Change::resource).toList());
    }

    /** @throws io.provision.problem.ProvisionException where it was refused, or did not succeed */
    void require(Change change) {
        users.require(change);
        namespaces.require(change);
    }
}
