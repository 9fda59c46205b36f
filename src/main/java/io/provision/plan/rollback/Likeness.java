package io.provision.plan.rollback;

import io.provision.plan.MigrationResource.CompatView;
import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.PostgresResource.Role;
import io.provision.plan.PostgresResource.Schema;
import io.provision.plan.PostgresResource.SearchPath;
import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.RedisResource.ValidatedNamespace;
import io.provision.plan.Resource;
import io.provision.plan.VolumeResource.Folder;
import java.util.Optional;

/** Says whether what stands is what the tool left. */
final class Likeness {

    private Likeness() {}

    /** Whether what was found is just as it was left; what the tool never decided does not count. */
    static boolean same(Optional<Resource> left, Optional<Resource> found) {
        if (left.isEmpty() || found.isEmpty()) {
            return left.isEmpty() && found.isEmpty();
        }
        return same(left.get(), found.get());
    }

    private static boolean same(Resource left, Resource found) {
        if (left instanceof Folder was && found instanceof Folder is) {
            return was.mode() == is.mode() && (was.owner().isEmpty() || was.owner().equals(is.owner()));
        }
        if (left instanceof Schema was && found instanceof Schema is) {
            return was.owner().equals(is.owner()) && was.comment().equals(is.comment());
        }
        if (left instanceof Placement was && found instanceof Placement is) {
            return was.schema().equals(is.schema()) && was.owner().equals(is.owner()) && !was.differsFrom(is);
        }
        if (left instanceof SearchPath was && found instanceof SearchPath is) {
            return was.path().equals(is.path());
        }
        return left.equals(found);
    }

    /** Whether it is the very thing that the tool made, whatever became of its attributes since. */
    static boolean sameMake(Resource made, Resource found) {
        if (made instanceof Role was && found instanceof Role is) {
            return was.comment().equals(is.comment());
        }
        if (made instanceof Schema was && found instanceof Schema is) {
            return was.comment().equals(is.comment());
        }
        if (made instanceof CompatView was && found instanceof CompatView is) {
            // CREATE OR REPLACE leaves the comment.
            return was.comment().equals(is.comment()) && was.tableSchema().equals(is.tableSchema());
        }
        return made instanceof Folder
                || made instanceof ValidatedNamespace
                || made instanceof AclUser
                || same(made, found);
    }
}
