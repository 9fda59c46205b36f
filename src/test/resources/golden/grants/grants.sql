-- What the provisioning login "provisioner" needs, and no more.
-- Run by a superuser, or by a managed service's administrator, in the database to provision.
-- It may be run again.

-- The login, where it is not there yet. It gets no password here: give it one with psql's
-- \password, which sends only a verifier.
DO $grants$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'provisioner') THEN
        CREATE ROLE "provisioner" LOGIN CREATEROLE;
    END IF;
END
$grants$;

-- It makes the instances' roles. CREATEROLE, not SUPERUSER.
ALTER ROLE "provisioner" LOGIN CREATEROLE;

-- It connects, and makes schemas: the instances' and the journal's.
DO $grants$
BEGIN
    EXECUTE pg_catalog.format('GRANT CONNECT, CREATE ON DATABASE %I TO %I',
        pg_catalog.current_database(), 'provisioner');
END
$grants$;

-- Tables move out of public. CREATE is for the way back: without it the move is refused.
GRANT USAGE, CREATE ON SCHEMA public TO "provisioner";

-- A table is moved by its owner only. This names the grants that are missing; run the lines that it
-- prints.
SELECT DISTINCT CASE WHEN o.rolsuper
    THEN pg_catalog.format('-- nobody should be a member of the superuser %I: '
        'ALTER %s OWNER TO another role', o.rolname, w.object)
    ELSE pg_catalog.format('GRANT %I TO %I;', o.rolname, 'provisioner') END
FROM (
    SELECT relowner, pg_catalog.format('TABLE public.%I', relname)
    FROM pg_catalog.pg_class
    WHERE relnamespace = 'public'::pg_catalog.regnamespace
      AND (relkind IN ('r', 'p', 'f') AND relname LIKE ANY (ARRAY[E'log\\_%']::text[])
        OR relkind IN ('r', 'p', 'f', 'v', 'm', 'S') AND relname = ANY (ARRAY['events']::text[]))
    UNION ALL
    SELECT proowner, pg_catalog.format('FUNCTION public.%I()', proname)
    FROM pg_catalog.pg_proc
    WHERE pronamespace = 'public'::pg_catalog.regnamespace
      AND pronargs = 0
      AND proname = ANY (ARRAY[]::text[])
) w (owner, object)
JOIN pg_catalog.pg_roles o ON o.oid = w.owner
WHERE NOT pg_catalog.pg_has_role('provisioner', o.oid, 'MEMBER')
ORDER BY 1;

-- Roles that stand already are adopted, which takes ADMIN on them from PostgreSQL 16 on. This names
-- the grants that are missing; run the lines that it prints.
SELECT pg_catalog.format('GRANT %I TO %I WITH ADMIN OPTION;', r.rolname, 'provisioner')
FROM pg_catalog.pg_roles r
WHERE r.rolname IN ('cache_a_adapter')
  AND NOT r.rolsuper
  AND pg_catalog.current_setting('server_version_num')::int >= 160000
  AND NOT pg_catalog.pg_has_role('provisioner', r.oid, 'MEMBER WITH ADMIN OPTION');

-- Schemas that stand already are adopted, which takes membership in their owners and in those of
-- what stands in them. This names the grants that are missing; run the lines that it prints.
SELECT DISTINCT CASE WHEN o.rolsuper
    THEN pg_catalog.format('-- nobody should be a member of the superuser %I: '
        'give what it owns in %I to another role', o.rolname, n.nspname)
    ELSE pg_catalog.format('GRANT %I TO %I;', o.rolname, 'provisioner') END
FROM (
    SELECT oid, nspowner
    FROM pg_catalog.pg_namespace
    UNION
    SELECT relnamespace, relowner
    FROM pg_catalog.pg_class
    UNION
    SELECT pronamespace, proowner
    FROM pg_catalog.pg_proc
) w (schema, owner)
JOIN pg_catalog.pg_namespace n ON n.oid = w.schema
JOIN pg_catalog.pg_roles o ON o.oid = w.owner
WHERE n.nspname IN ('cache_a', 'provision')
  AND NOT pg_catalog.pg_has_role('provisioner', o.oid, 'MEMBER');

-- Optional. Shows who holds a lock that a move waits for; without it only that somebody does.
-- GRANT pg_read_all_stats TO "provisioner";
