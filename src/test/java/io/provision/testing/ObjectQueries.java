package io.provision.testing;

import static io.provision.testing.SnapshotQuery.always;

import java.util.List;

/** What stands in schemas beside relations: types, routines, and the rarer kinds; comments, dependencies. */
final class ObjectQueries {

    static final List<SnapshotQuery> ALL = List.of(
            always("""
                    SELECT 'type ' || quote_ident(n.nspname) || '.' || quote_ident(t.typname),
                           to_jsonb(t) - '{typname,typnamespace,typowner,typrelid,typelem,typarray}'::text[]
                             - '{typbasetype,typtypmod,typcollation,typacl,typdefaultbin}'::text[]
                             || jsonb_build_object(
                               'owner', pg_get_userbyid(t.typowner),
                               'relation', nullif(t.typrelid, 0)::regclass,
                               'element', nullif(t.typelem, 0)::regtype,
                               'array', nullif(t.typarray, 0)::regtype,
                               'base', format_type(nullif(t.typbasetype, 0), t.typtypmod),
                               'collation', nullif(t.typcollation, 0)::regcollation,
                               'labels', (
                                 SELECT string_agg(quote_literal(e.enumlabel), ', ' ORDER BY e.enumsortorder)
                                 FROM pg_enum e
                                 WHERE e.enumtypid = t.oid),
                               'range', (
                                 SELECT concat_ws(' ', r.rngsubtype::regtype, nullif(r.rngcollation, 0)::regcollation,
                                                  c.opcname, r.rngcanonical, r.rngsubdiff,
                                                  nullif(to_jsonb(r) ->> 'rngmultitypid', '0')::oid::regtype)
                                 FROM pg_range r
                                 JOIN pg_opclass c ON c.oid = r.rngsubopc
                                 WHERE r.rngtypid = t.oid))
                    FROM pg_type t
                    JOIN pg_namespace n ON n.oid = t.typnamespace
                    WHERE n.nspname !~ '^(pg_|information_schema$|provision$)'
                    """),
            always("""
                    SELECT 'routine ' || f.oid::regprocedure,
                           jsonb_build_object(
                             'oid', f.oid,
                             'owner', pg_get_userbyid(f.proowner),
                             'definition', CASE WHEN f.prokind <> 'a' THEN pg_get_functiondef(f.oid) END,
                             'result', pg_get_function_result(f.oid),
                             'kind', f.prokind,
                             'settings', f.proconfig,
                             'aggregate', to_jsonb(a) - 'aggfnoid')
                    FROM pg_proc f
                    JOIN pg_namespace n ON n.oid = f.pronamespace
                    LEFT JOIN pg_aggregate a ON a.aggfnoid = f.oid
                    WHERE n.nspname !~ '^(pg_|information_schema$|provision$)'
                    """),
            always("""
                    SELECT 'operator ' || o.oid::regoperator,
                           jsonb_build_object('owner', pg_get_userbyid(o.oprowner), 'routine', o.oprcode,
                             'restrict', o.oprrest, 'join', o.oprjoin, 'commutator', nullif(o.oprcom, 0)::regoperator,
                             'negator', nullif(o.oprnegate, 0)::regoperator, 'merges', o.oprcanmerge,
                             'hashes', o.oprcanhash)
                    FROM pg_operator o
                    WHERE o.oid >= 16384
                    UNION ALL
                    SELECT 'cast from ' || k.castsource::regtype || ' to ' || k.casttarget::regtype,
                           jsonb_build_object('routine', nullif(k.castfunc, 0)::regprocedure,
                             'context', k.castcontext, 'method', k.castmethod)
                    FROM pg_cast k
                    WHERE k.oid >= 16384
                    UNION ALL
                    SELECT 'collation ' || k.oid::regcollation,
                           to_jsonb(k) - '{oid,collname,collnamespace,collowner}'::text[]
                             || jsonb_build_object('owner', pg_get_userbyid(k.collowner))
                    FROM pg_collation k
                    WHERE k.oid >= 16384
                    UNION ALL
                    SELECT 'conversion ' || n.nspname || '.' || k.conname,
                           jsonb_build_object('owner', pg_get_userbyid(k.conowner), 'routine', k.conproc,
                             'default', k.condefault)
                    FROM pg_conversion k
                    JOIN pg_namespace n ON n.oid = k.connamespace
                    WHERE k.oid >= 16384
                    UNION ALL
                    SELECT 'operator class ' || n.nspname || '.' || k.opcname,
                           jsonb_build_object('owner', pg_get_userbyid(k.opcowner), 'type', k.opcintype::regtype,
                             'default', k.opcdefault)
                    FROM pg_opclass k
                    JOIN pg_namespace n ON n.oid = k.opcnamespace
                    WHERE k.oid >= 16384
                    UNION ALL
                    SELECT 'operator family ' || n.nspname || '.' || k.opfname,
                           jsonb_build_object('owner', pg_get_userbyid(k.opfowner))
                    FROM pg_opfamily k
                    JOIN pg_namespace n ON n.oid = k.opfnamespace
                    WHERE k.oid >= 16384
                    """),
            always("""
                    SELECT 'text search configuration ' || k.oid::regconfig,
                           jsonb_build_object(
                             'oid', k.oid,
                             'owner', pg_get_userbyid(k.cfgowner),
                             'parser', p.prsname,
                             'mapping', ARRAY(
                               SELECT m.maptokentype || ' ' || m.mapseqno || ' ' || m.mapdict::regdictionary
                               FROM pg_ts_config_map m
                               WHERE m.mapcfg = k.oid
                               ORDER BY m.maptokentype, m.mapseqno))
                    FROM pg_ts_config k
                    JOIN pg_ts_parser p ON p.oid = k.cfgparser
                    WHERE k.oid >= 16384
                    UNION ALL
                    SELECT 'text search dictionary ' || k.oid::regdictionary,
                           jsonb_build_object('owner', pg_get_userbyid(k.dictowner), 'options', k.dictinitoption)
                    FROM pg_ts_dict k
                    WHERE k.oid >= 16384
                    UNION ALL
                    SELECT 'event trigger ' || k.evtname,
                           to_jsonb(k) - '{oid,evtname,evtowner,evtfoid}'::text[]
                             || jsonb_build_object('owner', pg_get_userbyid(k.evtowner),
                                                   'routine', k.evtfoid::regprocedure)
                    FROM pg_event_trigger k
                    UNION ALL
                    SELECT 'language ' || k.lanname, jsonb_build_object('owner', pg_get_userbyid(k.lanowner))
                    FROM pg_language k
                    UNION ALL
                    SELECT 'foreign server ' || k.srvname,
                           to_jsonb(k) - '{oid,srvname,srvowner,srvfdw,srvacl}'::text[]
                             || jsonb_build_object('owner', pg_get_userbyid(k.srvowner))
                    FROM pg_foreign_server k
                    UNION ALL
                    SELECT 'user mapping of ' || u.usename || ' for ' || u.srvname,
                           jsonb_build_object('options', u.umoptions)
                    FROM pg_user_mappings u
                    UNION ALL
                    SELECT 'foreign table ' || k.ftrelid::regclass, jsonb_build_object('options', k.ftoptions)
                    FROM pg_foreign_table k
                    UNION ALL
                    SELECT 'large object ' || k.oid, jsonb_build_object('owner', pg_get_userbyid(k.lomowner))
                    FROM pg_largeobject_metadata k
                    UNION ALL
                    SELECT 'extension ' || k.extname,
                           jsonb_build_object('owner', pg_get_userbyid(k.extowner), 'version', k.extversion,
                             'schema', k.extnamespace::regnamespace, 'relocatable', k.extrelocatable,
                             'tables', k.extconfig::regclass[], 'conditions', k.extcondition)
                    FROM pg_extension k
                    """),
            always("""
                    SELECT 'comment on ' || i.type || ' ' || i.identity, jsonb_build_object('text', d.description)
                    FROM pg_description d,
                         pg_identify_object(d.classoid, d.objoid, d.objsubid) i
                    WHERE (d.objoid >= 16384 OR d.classoid = 'pg_namespace'::regclass)
                      AND i.identity !~ '(^| )provision(\\.|$)'
                    """),
            // What belongs to an extension or to a table is only here; so is what would be dropped with what.
            always("""
                    SELECT 'dependency of ' || i.type || ' ' || i.identity || ' on ' || r.type || ' ' || r.identity,
                           jsonb_build_object('type', d.deptype)
                    FROM pg_depend d,
                         pg_identify_object(d.classid, d.objid, d.objsubid) i,
                         pg_identify_object(d.refclassid, d.refobjid, d.refobjsubid) r
                    WHERE d.objid >= 16384
                      AND i.identity !~ '(^pg_toast|(^|[ (])provision)[.]'
                      AND i.identity <> 'provision'
                      AND r.identity <> 'provision'
                    """));

    private ObjectQueries() {}
}
