package io.provision.postgres.rollback;

import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.rollback.NetChange;
import io.provision.postgres.Session;
import java.util.Collection;
import java.util.List;

/**
 * What was added to tables, or changed, after they had moved: it goes back with them. Told by the ids of transactions,
 * of which a restored database has none that tell.
 */
final class AddedSinceQuery {

    private final Session session;

    AddedSinceQuery(Session session) {
        this.session = session;
    }

    /** @param moved what goes back */
    List<String> notes(Collection<NetChange> moved) {
        List<NetChange> tables = moved.stream()
                .filter(net -> ((Placement) net.after().orElseThrow()).type().relation())
                .toList();
        if (tables.isEmpty()) {
            return List.of();
        }
        List<Placement> placements = tables.stream().map(net -> (Placement) net.after().orElseThrow()).toList();
        return session.query(
                """
                WITH moved AS (
                  SELECT m.instance, c.oid, m.schema || '.' || c.relname AS name, age(m.since::xid) AS age
                  FROM unnest(?::text[], ?::text[], ?::text[], ?::text[]) AS m (instance, schema, name, since)
                  JOIN pg_namespace n ON n.nspname = m.schema
                  JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = m.name
                ),
                added AS (
                  SELECT m.instance, m.name, 'column ' || a.attname AS what
                  FROM moved m
                  JOIN pg_attribute a ON a.attrelid = m.oid
                  WHERE a.attnum > 0
                    AND NOT a.attisdropped
                    AND age(a.xmin) < m.age
                  UNION ALL
                  SELECT m.instance, m.name, 'constraint ' || k.conname
                  FROM moved m
                  JOIN pg_constraint k ON k.conrelid = m.oid
                  WHERE age(k.xmin) < m.age
                  UNION ALL
                  SELECT m.instance, m.name, 'trigger ' || t.tgname
                  FROM moved m
                  JOIN pg_trigger t ON t.tgrelid = m.oid
                  WHERE NOT t.tgisinternal
                    AND age(t.xmin) < m.age
                  UNION ALL
                  SELECT m.instance, m.name, 'index ' || i.relname
                  FROM moved m
                  JOIN pg_index x ON x.indrelid = m.oid
                  JOIN pg_class i ON i.oid = x.indexrelid
                  JOIN pg_attribute a ON a.attrelid = i.oid AND a.attnum = 1
                  WHERE age(a.xmin) < m.age
                )
                SELECT instance, name, string_agg(what, ', ' ORDER BY what)
                FROM added
                GROUP BY instance, name
                ORDER BY 1, 2
                """,
                row -> "%s: added to %s or changed since, and going back with it: %s"
                        .formatted(row.getString(1), row.getString(2), row.getString(3)),
                tables.stream().map(NetChange::instance).toList(),
                placements.stream().map(Placement::schema).toList(),
                placements.stream().map(Placement::name).toList(),
                tables.stream().map(net -> net.last().transaction()).toList());
    }
}
