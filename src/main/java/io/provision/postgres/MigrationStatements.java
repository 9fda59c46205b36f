package io.provision.postgres;

import io.provision.plan.AclEntry;
import io.provision.plan.Change;
import io.provision.plan.FoldedAcl;
import io.provision.plan.MigrationResource;
import io.provision.plan.MigrationResource.CompatView;
import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.MigrationResource.SchemaAccess;
import io.provision.plan.MigrationResource.SequenceUsage;
import io.provision.plan.Movable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The statements that move objects between schemas, and what goes with it. Data is never copied. */
final class MigrationStatements {

    private MigrationStatements() {}

    static List<String> of(Change change) {
        MigrationResource resource = (MigrationResource) change.resource();
        if (resource instanceof Placement) {
            return placement(change);
        }
        boolean wanted = change.after().isPresent();
        if (resource instanceof SchemaAccess access) {
            return List.of(usage("SCHEMA " + Sql.identifier(access.schema()), access.grantee(), wanted));
        }
        if (resource instanceof SequenceUsage usage) {
            return List.of(usage(
                    "SEQUENCE " + Sql.qualified(usage.schema(), usage.sequence()), usage.grantee(), wanted));
        }
        return compatView((CompatView) resource, wanted);
    }

    private static String usage(String object, String grantee, boolean wanted) {
        return (wanted ? "GRANT USAGE ON %s TO %s" : "REVOKE USAGE ON %s FROM %s")
                .formatted(object, Sql.identifier(grantee));
    }

    private static List<String> placement(Change change) {
        Placement before = (Placement) change.before().orElseThrow();
        Placement after = (Placement) change.after().orElseThrow();
        List<String> statements = new ArrayList<>();
        if (!before.schema().equals(after.schema())) {
            statements.add("ALTER %s %s SET SCHEMA %s"
                    .formatted(after.type().keyword(), name(before), Sql.identifier(after.schema())));
        }
        if (!before.owner().equals(after.owner())) {
            statements.add("ALTER %s %s OWNER TO %s"
                    .formatted(after.type().keyword(), name(after), Sql.identifier(after.owner())));
            statements.addAll(grants(name(after), after.regrants()));
            after.folded().forEach(folded -> statements.addAll(toldApart(after, folded)));
        }
        return statements;
    }

    /** The owner holds what both held: that is taken away, and each gets its own again. */
    private static List<String> toldApart(Placement placement, FoldedAcl folded) {
        String object = folded.sequence()
                .map(sequence -> "SEQUENCE " + Sql.qualified(placement.schema(), sequence))
                .orElseGet(() -> grantable(placement.type()) + " " + name(placement));
        List<String> statements = new ArrayList<>();
        statements.add("REVOKE ALL%s ON %s FROM %s".formatted(
                folded.column().map(column -> " (" + Sql.identifier(column) + ")").orElse(""),
                object,
                Sql.identifier(placement.owner())));
        statements.addAll(grants(object, folded.entries()));
        return statements;
    }

    /** What GRANT calls it. */
    private static String grantable(Movable type) {
        return switch (type) {
            case SEQUENCE -> "SEQUENCE";
            case TYPE, DOMAIN -> "TYPE";
            default -> "TABLE";
        };
    }

    private static String name(Placement placement) {
        // A function's identity comes quoted, with its arguments.
        return placement.type() == Movable.FUNCTION
                ? Sql.identifier(placement.schema()) + "." + placement.name()
                : Sql.qualified(placement.schema(), placement.name());
    }

    /** {@code security_invoker}: whoever uses the view needs its rights on the table, whose row security holds. */
    private static List<String> compatView(CompatView view, boolean wanted) {
        String name = Sql.qualified(view.schema(), view.name());
        if (!wanted) {
            return List.of("DROP VIEW " + name);
        }
        List<String> statements = new ArrayList<>();
        statements.add("CREATE VIEW %s WITH (security_invoker = true) AS SELECT * FROM %s"
                .formatted(name, Sql.qualified(view.tableSchema(), view.name())));
        view.comment().ifPresent(comment ->
                statements.add("COMMENT ON VIEW " + name + " IS " + Sql.literal(comment)));
        statements.addAll(grants(name, view.acl()));
        return statements;
    }

    /** One statement for each grantee and column. */
    private static List<String> grants(String object, Collection<AclEntry> entries) {
        Map<String, List<AclEntry>> together = entries.stream()
                .collect(Collectors.groupingBy(
                        entry -> entry.grantee() + "\0" + entry.column().orElse("") + "\0" + entry.grantable(),
                        TreeMap::new,
                        Collectors.toList()));
        return together.values().stream().map(same -> grant(object, same)).toList();
    }

    private static String grant(String object, List<AclEntry> same) {
        AclEntry any = same.get(0);
        Optional<String> column = any.column().map(Sql::identifier);
        String privileges = same.stream()
                .map(entry -> entry.privilege() + column.map(c -> " (" + c + ")").orElse(""))
                .collect(Collectors.joining(", "));
        return "GRANT %s ON %s TO %s%s".formatted(
                privileges, object, Sql.grantee(any.grantee()), any.grantable() ? " WITH GRANT OPTION" : "");
    }
}
