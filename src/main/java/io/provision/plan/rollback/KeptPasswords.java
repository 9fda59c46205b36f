package io.provision.plan.rollback;

import io.provision.plan.PostgresResource.Role;
import io.provision.plan.RedisResource.UserPassword;
import io.provision.plan.Resource;
import io.provision.plan.ResourceId;
import io.provision.plan.ResourceKind;
import io.provision.plan.RolePassword;
import io.provision.plan.Store;
import java.util.Optional;

/** A password goes with the role or user whose it is, and else stays: nobody knows the one before. */
final class KeptPasswords {

    private final Undos undos;
    private final Holders holders;

    KeptPasswords(Undos undos, Holders holders) {
        this.undos = undos;
        this.holders = holders;
    }

    void keep() {
        for (Undo undo : undos.all()) {
            holder(undo.net().resource())
                    .filter(this::stays)
                    .ifPresent(holder -> undos.keep(undo.net().target(), Remark::password));
        }
    }

    private static Optional<ResourceId> holder(Resource resource) {
        if (resource instanceof RolePassword password) {
            return Optional.of(new Role(password.role(), Optional.empty()).id());
        }
        return resource instanceof UserPassword password
                ? Optional.of(new ResourceId(Store.REDIS, ResourceKind.ACL_USER.id(), password.target()))
                : Optional.empty();
    }

    private boolean stays(ResourceId holder) {
        Optional<Undo> undo = undos.find(holder);
        boolean gone = undo.filter(one -> one.change().isEmpty() && !one.settled().isEmpty()).isPresent();
        return !undos.drops(holder)
                && !gone
                && (holder.store() == Store.REDIS || holders.roles().contains(holder.target()));
    }
}
