package io.provision.testing;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * What the catalogs of a database say, one fact a line, ACLs item by item: two of them can be compared as sets. The
 * journal's schema is left out, and of the thousands of objects that a server is made with (OIDs below 16384, owned by
 * role 10) all that is as it was then.
 */
public record Catalogs(SortedSet<String> facts) {

    static Catalogs of(TestEcosystem ecosystem) {
        return new Catalogs(new TreeSet<>(ecosystem.query(
                """
                WITH grants AS (
                  SELECT 'schema ' || n.nspname AS what, a.*
                  FROM pg_namespace n, aclexplode(coalesce(n.nspacl, acldefault('n', n.nspowner))) a
                  UNION ALL
                  SELECT 'relation ' || c.oid::regclass, a.*
                  FROM pg_class c
                  LEFT JOIN pg_init_privs i
                    ON i.classoid = 'pg_class'::regclass
                   AND i.objoid = c.oid
                   AND i.objsubid = 0
                  CROSS JOIN aclexplode(coalesce(c.relacl, acldefault(
                    CASE c.relkind WHEN 'S' THEN 's'::"char" ELSE 'r' END, c.relowner))) a
                  WHERE c.oid >= 16384
                     OR c.relacl IS DISTINCT FROM i.initprivs
                  UNION ALL
                  SELECT 'function ' || f.oid::regprocedure, a.*
                  FROM pg_proc f
                  LEFT JOIN pg_init_privs i
                    ON i.classoid = 'pg_proc'::regclass
                   AND i.objoid = f.oid
                  CROSS JOIN aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) a
                  WHERE f.oid >= 16384
                     OR f.proacl IS DISTINCT FROM i.initprivs
                  UNION ALL
                  SELECT 'database ' || d.datname, a.*
                  FROM pg_database d, aclexplode(coalesce(d.datacl, acldefault('d', d.datdba))) a
                  WHERE d.datname = current_database()
                  UNION ALL
                  SELECT 'default ' || d.defaclobjtype::text || ' of ' || pg_get_userbyid(d.defaclrole) || ' in '
                         || coalesce(d.defaclnamespace::regnamespace::text, '-'), a.*
                  FROM pg_default_acl d, aclexplode(d.defaclacl) a
                ),
                -- Filtered below, when each text stands, and not while it is put together, once for each filter.
                facts AS MATERIALIZED (
                  SELECT 'role ' || r.rolname || ' ' || (to_jsonb(r) - '{oid,rolname}'::text[])::text
                  FROM pg_roles r
                  UNION ALL
                  SELECT 'comment on role ' || r.rolname || ': ' || d.description
                  FROM pg_shdescription d
                  JOIN pg_roles r ON r.oid = d.objoid AND d.classoid = 'pg_authid'::regclass
                  UNION ALL
                  SELECT 'member ' || m.member::regrole || ' of ' || m.roleid::regrole || ' '
                         || (to_jsonb(m) - '{oid,roleid,member,grantor}'::text[])::text
                  FROM pg_auth_members m
                  UNION ALL
                  SELECT 'setting of ' || s.setrole::regrole || ': ' || c.setting
                  FROM pg_db_role_setting s
                  JOIN pg_database d ON d.oid = s.setdatabase, unnest(s.setconfig) AS c (setting)
                  WHERE d.datname = current_database()
                  UNION ALL
                  SELECT 'schema ' || n.nspname || ' of ' || n.nspowner::regrole
                  FROM pg_namespace n
                  UNION ALL
                  SELECT 'comment on ' || pg_describe_object(d.classoid, d.objoid, d.objsubid) || ': ' || d.description
                  FROM pg_description d
                  WHERE d.objoid >= 16384
                  UNION ALL
                  SELECT 'relation ' || c.oid::regclass || ' ' || c.relkind::text || ' of ' || c.relowner::regrole
                  FROM pg_class c
                  WHERE c.oid >= 16384
                     OR c.relowner <> 10
                  UNION ALL
                  SELECT 'relations of the system: ' || count(*)
                  FROM pg_class c
                  WHERE c.oid < 16384
                  UNION ALL
                  SELECT 'column ' || a.attrelid::regclass || '.' || a.attname || ' '
                         || format_type(a.atttypid, a.atttypmod)
                  FROM pg_attribute a
                  WHERE a.attrelid >= 16384
                  UNION ALL
                  SELECT 'constraint ' || pg_describe_object('pg_constraint'::regclass, k.oid, 0)
                  FROM pg_constraint k
                  WHERE k.oid >= 16384
                  UNION ALL
                  SELECT 'trigger ' || t.tgname || ' on ' || t.tgrelid::regclass
                  FROM pg_trigger t
                  WHERE NOT t.tgisinternal
                  UNION ALL
                  SELECT 'function ' || f.oid::regprocedure || ' of ' || f.proowner::regrole
                  FROM pg_proc f
                  WHERE f.oid >= 16384
                     OR f.proowner <> 10
                  UNION ALL
                  SELECT 'functions of the system: ' || count(*)
                  FROM pg_proc f
                  WHERE f.oid < 16384
                  UNION ALL
                  SELECT g.what || ': ' || g.privilege_type || CASE WHEN g.is_grantable THEN '*' ELSE '' END
                         || ' to ' || CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE g.grantee::regrole::text END
                         || ' by ' || g.grantor::regrole
                  FROM grants g
                )
                SELECT f.fact
                FROM facts f (fact)
                WHERE f.fact !~ 'pg_(toast|temp)'
                  AND f.fact !~ '(provision\\.|schema provision)'
                """)));
    }

    public Catalogs each(UnaryOperator<String> change) {
        SortedSet<String> changed = new TreeSet<>();
        facts.forEach(fact -> changed.add(change.apply(fact)));
        return new Catalogs(changed);
    }

    public Catalogs about(String... words) {
        SortedSet<String> some = new TreeSet<>(facts);
        some.removeIf(fact -> List.of(words).stream().noneMatch(fact::contains));
        return new Catalogs(some);
    }

    /** What is there and was not in the other one. */
    public SortedSet<String> since(Catalogs before) {
        SortedSet<String> made = new TreeSet<>(facts);
        made.removeAll(before.facts);
        return made;
    }
}
