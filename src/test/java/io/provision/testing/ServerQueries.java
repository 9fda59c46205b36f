package io.provision.testing;

import static io.provision.testing.SnapshotQuery.always;
import static io.provision.testing.SnapshotQuery.since;

import java.util.List;

/** Schemas, roles, the database, publications; and who may do what with anything. */
final class ServerQueries {

    static final List<SnapshotQuery> ALL = List.of(
            always("""
                    SELECT 'schema ' || n.nspname,
                           jsonb_build_object('oid', n.oid, 'owner', pg_get_userbyid(n.nspowner))
                    FROM pg_namespace n
                    WHERE n.nspname !~ '^(pg_toast|pg_temp|provision$)'
                    """),
            always("""
                    SELECT 'database ' || d.datname,
                           jsonb_build_object('owner', pg_get_userbyid(d.datdba), 'limit', d.datconnlimit,
                             'comment', shobj_description(d.oid, 'pg_database'))
                    FROM pg_database d
                    WHERE d.datname = current_database()
                    """),
            always("""
                    SELECT 'role ' || r.rolname,
                           to_jsonb(r) - '{rolname,rolpassword}'::text[]
                             || jsonb_build_object(
                               'password', md5(r.rolpassword),
                               'comment', shobj_description(r.oid, 'pg_authid'))
                    FROM pg_authid r
                    """),
            always("""
                    SELECT 'membership of ' || m.member::regrole || ' in ' || m.roleid::regrole || ' from '
                           || m.grantor::regrole,
                           to_jsonb(m) - '{oid,roleid,member,grantor}'::text[]
                    FROM pg_auth_members m
                    """),
            always("""
                    SELECT 'settings of ' || CASE s.setrole WHEN 0 THEN 'everybody' ELSE s.setrole::regrole::text END
                           || ' in ' || coalesce(d.datname, 'every database'),
                           jsonb_build_object('values', ARRAY(SELECT unnest(s.setconfig) ORDER BY 1))
                    FROM pg_db_role_setting s
                    LEFT JOIN pg_database d ON d.oid = s.setdatabase
                    """),
            always("""
                    SELECT 'shared dependency of ' || i.type || ' ' || i.identity || ' on ' || s.refobjid::regrole,
                           jsonb_build_object('type', s.deptype)
                    FROM pg_shdepend s,
                         pg_identify_object(s.classid, s.objid, s.objsubid) i
                    WHERE s.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
                      AND s.refclassid = 'pg_authid'::regclass
                      AND i.identity !~ '(^| )provision(\\.|$)'
                    """),
            always("""
                    SELECT 'publication ' || p.pubname,
                           to_jsonb(p) - '{pubname,pubowner}'::text[]
                             || jsonb_build_object('owner', pg_get_userbyid(p.pubowner))
                    FROM pg_publication p
                    UNION ALL
                    SELECT 'publication ' || p.pubname || ' of ' || r.prrelid::regclass,
                           jsonb_build_object('columns', to_jsonb(r) -> 'prattrs')
                    FROM pg_publication_rel r
                    JOIN pg_publication p ON p.oid = r.prpubid
                    """),
            since(15, """
                    SELECT 'publication ' || p.pubname || ' of ' || r.prrelid::regclass,
                           jsonb_build_object('condition', pg_get_expr(r.prqual, r.prrelid))
                    FROM pg_publication_rel r
                    JOIN pg_publication p ON p.oid = r.prpubid
                    UNION ALL
                    SELECT 'publication ' || p.pubname || ' of schema ' || s.pnnspid::regnamespace, '{}'
                    FROM pg_publication_namespace s
                    JOIN pg_publication p ON p.oid = s.pnpubid
                    """),
            always("""
                    SELECT 'subscription ' || s.subname,
                           jsonb_build_object('owner', pg_get_userbyid(s.subowner), 'enabled', s.subenabled,
                             'publications', s.subpublications)
                    FROM pg_subscription s
                    JOIN pg_database d ON d.oid = s.subdbid
                    WHERE d.datname = current_database()
                    """),
            always("""
                    WITH access (what, acl, usual) AS (
                      SELECT 'schema ' || n.nspname, n.nspacl, acldefault('n', n.nspowner)
                      FROM pg_namespace n
                      WHERE n.nspname !~ '^(pg_toast|pg_temp|provision$)'
                      UNION ALL
                      SELECT 'database ' || d.datname, d.datacl, acldefault('d', d.datdba)
                      FROM pg_database d
                      WHERE d.datname = current_database()
                      UNION ALL
                      SELECT 'relation ' || c.oid::regclass, c.relacl,
                             acldefault(CASE c.relkind WHEN 'S' THEN 's'::"char" ELSE 'r' END, c.relowner)
                      FROM pg_class c
                      JOIN pg_namespace n ON n.oid = c.relnamespace
                      WHERE n.nspname !~ '^(pg_toast|pg_temp|provision$)'
                      UNION ALL
                      SELECT 'column ' || a.attrelid::regclass || '.' || quote_ident(a.attname), a.attacl, '{}'
                      FROM pg_attribute a
                      JOIN pg_class c ON c.oid = a.attrelid
                      JOIN pg_namespace n ON n.oid = c.relnamespace
                      WHERE a.attacl IS NOT NULL
                        AND n.nspname <> 'provision'
                      UNION ALL
                      SELECT 'routine ' || f.oid::regprocedure, f.proacl, acldefault('f', f.proowner)
                      FROM pg_proc f
                      JOIN pg_namespace n ON n.oid = f.pronamespace
                      WHERE f.proacl IS NOT NULL
                         OR n.nspname !~ '^(pg_|information_schema$|provision$)'
                      UNION ALL
                      SELECT 'type ' || quote_ident(n.nspname) || '.' || quote_ident(t.typname), t.typacl,
                             acldefault('T', t.typowner)
                      FROM pg_type t
                      JOIN pg_namespace n ON n.oid = t.typnamespace
                      WHERE n.nspname !~ '^(pg_|information_schema$|provision$)'
                      UNION ALL
                      SELECT 'language ' || l.lanname, l.lanacl, acldefault('l', l.lanowner)
                      FROM pg_language l
                      UNION ALL
                      SELECT 'foreign server ' || s.srvname, s.srvacl, acldefault('S', s.srvowner)
                      FROM pg_foreign_server s
                      UNION ALL
                      SELECT 'default privileges of ' || pg_get_userbyid(d.defaclrole) || ' on '
                             || d.defaclobjtype::text || ' in ' || coalesce(n.nspname, 'every schema'),
                             d.defaclacl, '{}'
                      FROM pg_default_acl d
                      LEFT JOIN pg_namespace n ON n.oid = d.defaclnamespace
                    )
                    SELECT x.what,
                           jsonb_build_object(
                             'acl', CASE WHEN x.acl IS NULL THEN 'not written' ELSE 'written' END,
                             'acl in effect', ARRAY(
                               SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE pg_get_userbyid(a.grantee) END
                                      || '=' || a.privilege_type || CASE WHEN a.is_grantable THEN '*' ELSE '' END
                                      || '/' || pg_get_userbyid(a.grantor)
                               FROM aclexplode(coalesce(x.acl, x.usual)) a
                               ORDER BY 1))
                    FROM access x
                    """));

    private ServerQueries() {}
}
