package io.provision.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.provision.embedded.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a DBA runs by hand makes what {@code init} makes; on two servers, because roles belong to a whole one. */
class SqlPlanIT {

    @TempDir
    private Path folder;

    private Project byHand;
    private Project byInit;

    @AfterEach
    void stop() {
        Stream.of(byHand, byInit).forEach(Project::stopEmbedded);
    }

    @Test
    void theScriptMakesTheSameCatalogsAsInit() {
        start();
        String empty = catalogs(byHand);
        try (Database server = Database.at(byHand.embeddedUrl(Kind.POSTGRES).orElseThrow())) {
            server.run(byHand.run("plan", "-o", "sql").expect(0).out());
        }
        byInit.run("init").expect(0);

        assertNotEquals(empty, catalogs(byHand));
        assertEquals(catalogs(byInit), catalogs(byHand));
    }

    @Tag("full")
    @Test
    void psqlRunsTheScript() {
        assumeTrue(Stream.of(System.getenv("PATH").split(":")).anyMatch(p -> Files.isExecutable(Path.of(p, "psql"))),
                "skipped: there is no psql here");
        start();
        byHand.write("plan.sql", byHand.run("plan", "-o", "sql").expect(0).out());
        String url = byHand.embeddedUrl(Kind.POSTGRES).orElseThrow();
        PackagedCommand.in(byHand.folder()).as("psql")
                .run("-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", "plan.sql", url)
                .expect(0);
        byInit.run("init").expect(0);

        assertEquals(catalogs(byInit), catalogs(byHand));
    }

    private void start() {
        byHand = Project.shipped(folder.resolve("by-hand"));
        byInit = Project.shipped(folder.resolve("by-init"));
        List.of(byHand, byInit).forEach(project -> project.run("embedded", "start").expect(0));
    }

    /** All but the journal and the passwords, by name. */
    private static String catalogs(Project project) {
        try (Database server = Database.at(project.embeddedUrl(Kind.POSTGRES).orElseThrow())) {
            return String.join("\n", server.column("""
                    SELECT format('role %s %s %s %s %s', rolname, rolcanlogin, rolinherit, rolconfig,
                                  shobj_description(oid, 'pg_authid'))
                    FROM pg_roles
                    WHERE rolname !~ '^pg_'
                    UNION ALL
                    SELECT format('member %s of %s admin %s', member::regrole, roleid::regrole, admin_option)
                    FROM pg_auth_members
                    WHERE roleid::regrole::text !~ '^pg_'
                    UNION ALL
                    SELECT format('setting of %s: %s', setrole::regrole, setconfig)
                    FROM pg_db_role_setting
                    UNION ALL
                    SELECT format('schema %s %s %s %s', nspname, nspowner::regrole, nspacl,
                                  obj_description(oid, 'pg_namespace'))
                    FROM pg_namespace
                    WHERE nspname !~ '^pg_' AND nspname <> 'provision'
                    UNION ALL
                    SELECT format('default %s %s %s %s', defaclrole::regrole, defaclnamespace::regnamespace,
                                  defaclobjtype, defaclacl)
                    FROM pg_default_acl
                    UNION ALL
                    SELECT format('%s %s.%s %s %s', relkind, relnamespace::regnamespace, relname, relowner::regrole,
                                  relacl)
                    FROM pg_class
                    WHERE relnamespace::regnamespace::text !~ '^(pg_|provision$|information_schema)'
                    UNION ALL
                    SELECT format('function %s %s %s', oid::regprocedure, proowner::regrole, proacl)
                    FROM pg_proc
                    WHERE pronamespace::regnamespace::text !~ '^(pg_|provision$|information_schema)'
                    UNION ALL
                    SELECT format('database %s %s', datname, datacl)
                    FROM pg_database
                    ORDER BY 1
                    """));
        }
    }
}
