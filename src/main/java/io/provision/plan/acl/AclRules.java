package io.provision.plan.acl;

import java.util.List;
import java.util.Objects;

/**
 * What a Redis user may do, and how it logs in; without its passwords. The words are a server's, or those of the
 * {@link AllowList}: what they mean, a {@link CommandCatalog} tells.
 *
 * @param on whether it may log in
 * @param login with what
 * @param sanitized whether what it RESTOREs is looked through first
 * @param permissions the root permission, then the selectors (7.0 and later); each allows on its own
 */
public record AclRules(boolean on, Login login, boolean sanitized, List<Permission> permissions) {

    /** What a user logs in with. */
    public enum Login {
        /** It has no password, and so nobody logs in as it. */
        NOTHING,
        /** One of the passwords that it has. */
        PASSWORD,
        /** Whatever is said: {@code nopass}. */
        ANYTHING
    }

    public AclRules {
        Objects.requireNonNull(login, "login");
        permissions = List.copyOf(permissions);
        if (permissions.isEmpty()) {
            throw new IllegalArgumentException("a user has a root permission");
        }
    }

    public Permission root() {
        return permissions.get(0);
    }

    public List<Permission> selectors() {
        return permissions.subList(1, permissions.size());
    }

    public AclRules withLogin(Login other) {
        return new AclRules(on, other, sanitized, permissions);
    }

    /**
     * These, of a user who stands already: the password that it has stays. One that lets everybody in, or nobody, gets
     * a password where there is one to be given.
     */
    public AclRules adopting(Login found) {
        boolean keeps = found == Login.PASSWORD || login == Login.NOTHING;
        return keeps ? withLogin(found) : this;
    }
}
