package io.provision.testing;

import static io.provision.testing.SnapshotQuery.always;

import java.util.List;

/** Relations and what belongs to each of them. Whole rows of the catalogs are taken, so that a new version's count. */
final class RelationQueries {

    static final List<SnapshotQuery> ALL = List.of(
            always("""
                    SELECT 'relation ' || c.oid::regclass,
                           to_jsonb(c) - '{relname,relnamespace,reltype,reloftype,relowner,relam,reltablespace}'::text[]
                             - '{relpages,reltuples,relallvisible,relallfrozen,relfrozenxid,relminmxid}'::text[]
                             - '{relhasindex,relhasrules,relhastriggers,relhassubclass,relacl,relpartbound}'::text[]
                             || jsonb_build_object(
                               'owner', pg_get_userbyid(c.relowner),
                               'of type', nullif(c.reloftype, 0)::regtype,
                               'access method', m.amname,
                               'tablespace', t.spcname,
                               'partition of bounds', pg_get_expr(c.relpartbound, c.oid),
                               'partition key', pg_get_partkeydef(c.oid),
                               'default partition', nullif(p.partdefid, 0)::regclass,
                               'toast relfilenode', o.relfilenode,
                               'toast options', o.reloptions)
                    FROM pg_class c
                    JOIN pg_namespace n ON n.oid = c.relnamespace
                    LEFT JOIN pg_am m ON m.oid = c.relam
                    LEFT JOIN pg_tablespace t ON t.oid = c.reltablespace
                    LEFT JOIN pg_partitioned_table p ON p.partrelid = c.oid
                    LEFT JOIN pg_class o ON o.oid = c.reltoastrelid
                    WHERE n.nspname !~ '^(pg_|information_schema$|provision$)'
                    """),
            always("""
                    SELECT 'column ' || a.attrelid::regclass || '.' || quote_ident(a.attname),
                           to_jsonb(a) - '{attrelid,attname,atttypid,atttypmod,attcollation,attacl,attcacheoff}'::text[]
                             || jsonb_build_object(
                               'type', format_type(a.atttypid, a.atttypmod),
                               'collation', nullif(a.attcollation, 0)::regcollation,
                               'default', pg_get_expr(d.adbin, d.adrelid))
                    FROM pg_attribute a
                    JOIN pg_class c ON c.oid = a.attrelid
                    JOIN pg_namespace n ON n.oid = c.relnamespace
                    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                    WHERE n.nspname !~ '^(pg_|information_schema$|provision$)'
                      AND a.attnum > 0
                    """),
            always("""
                    SELECT 'constraint ' || quote_ident(k.conname) || ' on '
                           || coalesce(nullif(k.conrelid, 0)::regclass::text, format_type(k.contypid, NULL)),
                           to_jsonb(k) - '{oid,conname,connamespace,conrelid,contypid,conindid,conparentid}'::text[]
                             - '{confrelid,conpfeqop,conppeqop,conffeqop,conexclop,conbin}'::text[]
                             || jsonb_build_object(
                               'schema', n.nspname,
                               'definition', pg_get_constraintdef(k.oid),
                               'index', nullif(k.conindid, 0)::regclass,
                               'part of', p.conname || ' on ' || p.conrelid::regclass)
                    FROM pg_constraint k
                    JOIN pg_namespace n ON n.oid = k.connamespace
                    LEFT JOIN pg_constraint p ON p.oid = k.conparentid
                    WHERE n.nspname !~ '^(pg_|information_schema$|provision$)'
                    """),
            always("""
                    SELECT 'index ' || i.indexrelid::regclass,
                           to_jsonb(i) - '{indexrelid,indrelid,indcollation,indclass,indexprs,indpred}'::text[]
                             - '{indcheckxmin}'::text[]
                             || jsonb_build_object(
                               'table', i.indrelid::regclass,
                               'definition', pg_get_indexdef(i.indexrelid))
                    FROM pg_index i
                    JOIN pg_class c ON c.oid = i.indexrelid
                    JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname !~ '^(pg_|information_schema$|provision$)'
                    """),
            // The name of a trigger of a foreign key has an OID in it.
            always("""
                    SELECT 'trigger ' || CASE
                             WHEN t.tgisinternal THEN 'of ' || coalesce(k.conname, '?') || ', ' || t.tgfoid::regproc
                             ELSE quote_ident(t.tgname)
                           END || ' on ' || t.tgrelid::regclass,
                           jsonb_build_object(
                             'enabled', t.tgenabled,
                             'definition', CASE WHEN NOT t.tgisinternal THEN pg_get_triggerdef(t.oid) END,
                             'internal', t.tgisinternal,
                             'with', nullif(t.tgconstrrelid, 0)::regclass,
                             'part of', p.tgname || ' on ' || p.tgrelid::regclass)
                    FROM pg_trigger t
                    JOIN pg_class c ON c.oid = t.tgrelid
                    JOIN pg_namespace n ON n.oid = c.relnamespace
                    LEFT JOIN pg_constraint k ON k.oid = t.tgconstraint
                    LEFT JOIN pg_trigger p ON p.oid = nullif(to_jsonb(t) ->> 'tgparentid', '0')::oid
                    WHERE n.nspname !~ '^(pg_|information_schema$|provision$)'
                    """),
            always("""
                    SELECT 'rule ' || quote_ident(r.rulename) || ' on ' || r.ev_class::regclass,
                           jsonb_build_object('enabled', r.ev_enabled, 'definition', pg_get_ruledef(r.oid))
                    FROM pg_rewrite r
                    JOIN pg_class c ON c.oid = r.ev_class
                    JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname !~ '^(pg_|information_schema$|provision$)'
                    """),
            always("""
                    SELECT 'policy ' || quote_ident(p.polname) || ' on ' || p.polrelid::regclass,
                           jsonb_build_object(
                             'command', p.polcmd,
                             'permissive', p.polpermissive,
                             'roles', ARRAY(
                               SELECT CASE r WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(r) END
                               FROM unnest(p.polroles) r
                               ORDER BY 1),
                             'using', pg_get_expr(p.polqual, p.polrelid),
                             'check', pg_get_expr(p.polwithcheck, p.polrelid))
                    FROM pg_policy p
                    """),
            always("""
                    SELECT 'sequence ' || s.seqrelid::regclass,
                           to_jsonb(s) - '{seqrelid,seqtypid}'::text[]
                             || jsonb_build_object('type', format_type(s.seqtypid, NULL), 'owned by', (
                               SELECT d.refobjid::regclass || '.' || a.attname || ' ' || d.deptype::text
                               FROM pg_depend d
                               JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
                               WHERE d.classid = 'pg_class'::regclass
                                 AND d.objid = s.seqrelid
                                 AND d.deptype IN ('a', 'i')))
                    FROM pg_sequence s
                    JOIN pg_class c ON c.oid = s.seqrelid
                    JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname !~ '^(pg_|information_schema$|provision$)'
                    """),
            always("""
                    SELECT 'inheritance of ' || i.inhrelid::regclass || ' from ' || i.inhparent::regclass,
                           to_jsonb(i) - '{inhrelid,inhparent}'::text[]
                    FROM pg_inherits i
                    """),
            always("""
                    SELECT 'statistics ' || quote_ident(n.nspname) || '.' || quote_ident(s.stxname),
                           jsonb_build_object(
                             'oid', s.oid,
                             'owner', pg_get_userbyid(s.stxowner),
                             'target', to_jsonb(s) -> 'stxstattarget',
                             'definition', pg_get_statisticsobjdef(s.oid))
                    FROM pg_statistic_ext s
                    JOIN pg_namespace n ON n.oid = s.stxnamespace
                    """));

    private RelationQueries() {}
}
