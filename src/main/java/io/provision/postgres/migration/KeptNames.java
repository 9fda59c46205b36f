package io.provision.postgres.migration;

import io.provision.plan.Hazard;
import io.provision.postgres.LoginFacts;
import io.provision.postgres.Session;
import io.provision.postgres.Sql;
import java.util.List;

/** Tools that keep the names of tables as text in tables of their own, and subscriptions, which know them by name. */
final class KeptNames {

    /** @param column of the extension's table, with names or SQL in it */
    record Tool(String extension, String table, String column) {}

    static final List<Tool> TOOLS = List.of(
            new Tool("pg_cron", "job", "command"),
            new Tool("pg_partman", "part_config", "parent_table"),
            new Tool("pg_partman", "part_config_sub", "sub_parent"));

    /** @param readable whether the login may see all of it */
    private record Kept(String tool, String schema, String table, String column, boolean readable) {

        String title() {
            return schema + "." + table;
        }
    }

    private final Session session;
    private final LoginFacts facts;
    private final Findings findings;
    private final List<Tool> tools;

    KeptNames(Session session, LoginFacts facts, Findings findings, List<Tool> tools) {
        this.session = session;
        this.facts = facts;
        this.findings = findings;
        this.tools = tools;
    }

    void warn(MovingSet set, MovedNames names) {
        subscriptions(set);
        if (names.words().isEmpty()) {
            return;
        }
        List<Kept> tables = tables();
        tables.stream().filter(kept -> !kept.readable()).forEach(kept -> set.allRoutes().forEach(route -> findings.note(
                route,
                "what %s keeps in %s may name what moves: the login %s may not read all of it".formatted(
                        kept.tool(), kept.title(), facts.login().name()))));
        List<Kept> readable = tables.stream().filter(Kept::readable).toList();
        if (!readable.isEmpty()) {
            texts(readable, names);
        }
    }

    /**
     * A table runs the code of its owner when it is read: policies, casts, what an index computes. So only what came
     * with the extension is read, of types that the server brings, and of an owner who has nothing to gain.
     */
    private List<Kept> tables() {
        return session.query(
                """
                SELECT e.extname, n.nspname, c.relname, a.attname,
                       has_schema_privilege(n.oid, 'USAGE')
                         AND has_column_privilege(c.oid, a.attnum, 'SELECT')
                         AND NOT row_security_active(c.oid)
                FROM unnest(?::text[], ?::text[], ?::text[]) AS t (extension, name, holder)
                JOIN pg_extension e ON e.extname = t.extension
                JOIN pg_depend d ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
                 AND d.classid = 'pg_class'::regclass AND d.deptype = 'e'
                JOIN pg_class c ON c.oid = d.objid AND c.relname = t.name AND c.relkind = 'r'
                JOIN pg_roles o ON o.oid = c.relowner AND (o.rolsuper OR o.rolname = current_user)
                JOIN pg_namespace n ON n.oid = c.relnamespace
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = t.holder
                 AND a.atttypid IN ('text'::regtype, 'name'::regtype, 'varchar'::regtype)
                 AND a.attgenerated = ''
                ORDER BY 2, 3
                """,
                row -> new Kept(
                        row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getBoolean(5)),
                tools.stream().map(Tool::extension).toList(),
                tools.stream().map(Tool::table).toList(),
                tools.stream().map(Tool::column).toList());
    }

    private void texts(List<Kept> tables, MovedNames names) {
        String all = String.join("UNION ALL\n", tables.stream()
                .map(kept -> "SELECT %s AS place, %s::text FROM ONLY %s%n".formatted(
                        tables.indexOf(kept),
                        Sql.identifier(kept.column()),
                        Sql.qualified(kept.schema(), kept.table())))
                .toList());
        session.query(
                        """
                        SELECT t.place, t.text
                        FROM (
                        %s) AS t (place, text)
                        WHERE %s
                        ORDER BY 1, 2
                        """
                                .formatted(all, names.mentionedIn("t.text")),
                        row -> new Text(tables.get(row.getInt(1)), row.getString(2)),
                        names.words())
                .forEach(text -> names.in(text.text()).forEach(mention -> findings.hazard(
                        mention.owner(),
                        Hazard.TOOL,
                        "%s keeps the name of %s in %s: %s".formatted(
                                text.kept().tool(),
                                mention.owner().source(),
                                text.kept().title(),
                                mention.line()))));
    }

    private record Text(Kept kept, String text) {}

    /** {@code pg_subscription} itself does not show its OIDs to everybody before 14. */
    private void subscriptions(MovingSet set) {
        session.query(
                        """
                        SELECT DISTINCT r.srrelid, s.subname
                        FROM unnest(?::oid[]) AS m (oid)
                        JOIN pg_subscription_rel r ON r.srrelid = m.oid
                        JOIN pg_stat_subscription s ON s.subid = r.srsubid
                        ORDER BY 1, 2
                        """,
                        row -> new Subscribed(set.relation(row.getLong(1)).orElseThrow(), row.getString(2)),
                        set.oids())
                .forEach(subscribed -> findings.hazard(
                        subscribed.table(),
                        Hazard.SUBSCRIPTION,
                        "the subscription %s writes to %s under this name, and stops with an error when it does not"
                                .formatted(subscribed.subscription(), subscribed.table().source())
                                + " find it"));
    }

    private record Subscribed(Moving table, String subscription) {}
}
