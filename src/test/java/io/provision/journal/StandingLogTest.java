package io.provision.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.plan.Change;
import io.provision.plan.ObjectKind;
import io.provision.plan.PostgresResource.DefaultPrivileges;
import io.provision.plan.PostgresResource.SchemaGrant;
import io.provision.plan.Privilege;
import io.provision.plan.RedisResource.ValidatedNamespace;
import io.provision.plan.Resource;
import io.provision.plan.ResourceKind;
import io.provision.plan.SqlFile;
import io.provision.plan.SqlScript;
import io.provision.postgres.Sql;
import io.provision.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was journaled of a thing last is what stands. */
class StandingLogTest {

    private static final SchemaGrant READ = new SchemaGrant("orders", "reader", Set.of(Privilege.USAGE));
    private static final DefaultPrivileges LATER =
            new DefaultPrivileges("orders", "owner", ObjectKind.TABLE, "reader", Set.of(Privilege.SELECT));

    private final Journal journal = new Journal("provision", "provision", Sql::quote);

    @AutoClose
    private Connection session;

    @BeforeEach
    void createJournal() throws SQLException {
        TestPostgres postgres = TestPostgres.shared();
        session = postgres.connect(postgres.createDatabase());
        session.setAutoCommit(false);
        journal.create(session);
        journal.start(session, new Run("run", "init", "user", "host", "version", "ecosystem", "sha256"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"V1__tables.sql", "V1.10_2__\"Größe\" it's 🙂.sql", "R__[1, 2].sql"})
    void tellsTheFilesThatRan(String name) throws SQLException {
        SqlFile file = new SqlFile("with \"quotes\"", SqlScript.Name.parse(name).orElseThrow(), "c0ffee");

        journal(made(new SqlFile(file.schema(), file.name(), "earlier")), made(file));

        assertEquals(List.of(file), journal.standing().files(session));
    }

    @Test
    void tellsTheNamespacesThatWereTried() throws SQLException {
        ValidatedNamespace namespace = new ValidatedNamespace("exchange:\"Größe\"");

        journal(made(namespace), made(namespace));

        assertEquals(List.of(namespace), journal.standing().namespaces(session));
    }

    @Test
    void whatWasTakenBackStandsNoMore() throws SQLException {
        SqlFile file = new SqlFile("orders", SqlScript.Name.parse("V1__tables.sql").orElseThrow(), "c0ffee");

        for (Resource resource : List.of(file, new ValidatedNamespace("orders"), READ)) {
            journal(made(resource), made(resource).inverse());
        }

        assertEquals(List.of(), journal.standing().files(session));
        assertEquals(List.of(), journal.standing().namespaces(session));
        assertEquals(Map.of(), unlisted(READ.kind()));
    }

    @Test
    void tellsWhatWasMadeForWhomUnlessItIsListed() throws SQLException {
        journal(made(READ), made(LATER));

        assertEquals(Map.of(READ, "exchange-okx", LATER, "exchange-okx"), unlisted(READ.kind(), LATER.kind()));
        assertEquals(Map.of(LATER, "exchange-okx"), journal.standing().unlisted(
                session, "ecosystem", List.of(READ.kind(), LATER.kind()), Set.of(READ.id())));
        assertEquals(Map.of(READ, "exchange-okx"), unlisted(READ.kind()));
    }

    @Test
    void whatAnotherManifestAsksForIsNoneOfThisOnes() throws SQLException {
        journal(made(READ));

        assertEquals(
                Map.of(), journal.standing().unlisted(session, "another ecosystem", List.of(READ.kind()), Set.of()));
    }

    private Map<Resource, String> unlisted(ResourceKind... kinds) throws SQLException {
        return journal.standing().unlisted(session, "ecosystem", List.of(kinds), Set.of());
    }

    private static Change made(Resource resource) {
        return new Change("exchange-okx", Optional.empty(), Optional.of(resource), "it is wanted", List.of());
    }

    private void journal(Change... changes) throws SQLException {
        for (Change change : changes) {
            journal.record(session, "run", List.of(new ChangeEntry(change, "forward", "inverse", List.of())));
        }
    }
}
