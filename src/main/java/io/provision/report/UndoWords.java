package io.provision.report;

import io.provision.plan.Change;
import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.ResourceKind;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** One change of a rollback, as a person reads it: what happens, and what {@code init} had done. */
final class UndoWords {

    private static final Set<ResourceKind> GRANTS = Set.of(
            ResourceKind.SCHEMA_GRANT,
            ResourceKind.OBJECT_GRANTS,
            ResourceKind.DEFAULT_PRIVILEGES,
            ResourceKind.SCHEMA_ACCESS,
            ResourceKind.SEQUENCE_USAGE,
            ResourceKind.MEMBERSHIP);

    /** What happens to a thing. */
    enum Deed {
        DROP("-"),
        REVOKE("-"),
        ALTER("~"),
        MOVE("<");

        private final String sign;

        Deed(String sign) {
            this.sign = sign;
        }

        /** In a document. */
        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Change change;

    UndoWords(Change change) {
        this.change = change;
    }

    Deed deed() {
        if (change.resource().kind() == ResourceKind.MOVE) {
            return Deed.MOVE;
        }
        if (GRANTS.contains(change.resource().kind())) {
            return Deed.REVOKE;
        }
        return change.after().isEmpty() ? Deed.DROP : Deed.ALTER;
    }

    String sign() {
        return deed().sign;
    }

    String what() {
        Optional<String> move = change.before()
                .filter(Placement.class::isInstance)
                .map(Placement.class::cast)
                .flatMap(was -> change.after().map(Placement.class::cast).map(is -> "move back %s %s.%s to %s"
                        .formatted(was.type().word(), was.schema(), was.name(), is.schema())));
        return move.orElseGet(() -> change.target().words());
    }

    /** The reason that the change has, where it is one of its own. */
    String why() {
        if (!change.reason().startsWith("undoes: ")) {
            return change.reason();
        }
        return switch (deed()) {
            case DROP -> change.resource().kind() == ResourceKind.SQL_FILE ? "init ran it" : "init made it";
            case REVOKE -> "init granted it";
            case ALTER -> "init changed it";
            case MOVE -> "init moved it";
        };
    }
}
