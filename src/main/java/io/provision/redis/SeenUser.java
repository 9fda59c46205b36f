package io.provision.redis;

import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.acl.AclDifference;
import io.provision.plan.acl.AclRules;
import io.provision.plan.acl.CommandCatalog;
import java.util.List;
import java.util.Objects;

/**
 * A user who stands on a server.
 *
 * @param user in the server's own words
 * @param catalog what these mean there
 */
public record SeenUser(AclUser user, CommandCatalog catalog) {

    public SeenUser {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(catalog, "catalog");
    }

    /** Whether it is just so, whatever the words. */
    public boolean means(AclRules rules) {
        return differences(rules).isEmpty();
    }

    /** How it is not as it should be, in sentences; none where it is. */
    public List<String> differences(AclRules wanted) {
        return new AclDifference(catalog).of(user.rules(), wanted);
    }
}
