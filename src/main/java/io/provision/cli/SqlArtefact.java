package io.provision.cli;

import io.provision.apply.ChangeTexts;
import io.provision.apply.Scope;
import io.provision.journal.JournalScript;
import io.provision.journal.Run;
import io.provision.manifest.Instance;
import io.provision.manifest.Manifest;
import io.provision.manifest.PostgresSettings;
import io.provision.plan.Change;
import io.provision.plan.DesiredState;
import io.provision.plan.Live;
import io.provision.plan.Login;
import io.provision.plan.Planner;
import io.provision.plan.SqlScript;
import io.provision.plan.Store;
import io.provision.postgres.PostgresTarget;
import io.provision.postgres.Sql;
import io.provision.postgres.SqlFolder;
import io.provision.render.Artefact;
import io.provision.render.RenderTarget;
import io.provision.report.DescribedChange;
import io.provision.report.EmptyServerScript;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code render sql}. It is made where the planner, the statements and the journal meet, which is why it is not made
 * with the other targets.
 */
final class SqlArtefact {

    private static final String PATH = "provision.sql";
    private static final String USUAL_LOGIN = "postgres";

    /** What it is written for. A superuser needs no membership, the one thing whose statement has changed since 13. */
    private static final int ANY_VERSION = 130000;

    private SqlArtefact() {}

    static Artefact of(Invocation invocation, Manifest manifest) {
        Login login = login(invocation, manifest);
        Set<Store> stores = EnumSet.of(Store.POSTGRES);
        Map<Path, List<SqlScript>> scripts = SqlFolder.readAll(
                manifest.instances().stream().map(Instance::sql).flatMap(Optional::stream));
        ChangeTexts texts = new ChangeTexts(new Scope(manifest, manifest.instances(), stores, scripts), ANY_VERSION);
        List<Change> changes = Planner.changes(
                Live.NOTHING, DesiredState.of(manifest, manifest.instances(), stores, login, scripts, List.of()));
        EmptyServerScript script = new EmptyServerScript(
                run(manifest),
                login,
                changes,
                change -> described(texts, change),
                manifest.instances().stream().filter(Instance::protect).map(Instance::name).toList(),
                new JournalScript(Sql.identifier(manifest.postgres().journalSchema()), Sql::quote));
        List<String> pieces = new ArrayList<>();
        script.sql(RenderTarget.SQL.generated(), pieces::add);
        return new Artefact(PATH, pieces);
    }

    private static DescribedChange described(ChangeTexts texts, Change change) {
        List<String> statements = texts.statements(change);
        return new DescribedChange(change, texts.forward(change, statements), texts.inverse(change), statements);
    }

    /** The same manifest gives the same bytes: who runs it when is not known here. */
    private static Run run(Manifest manifest) {
        return new Run("render-" + manifest.sha256().substring(0, 16), "init", "psql", "psql",
                RunRecords.version(), manifest.ecosystem(), manifest.sha256());
    }

    /** Where the tool itself would log in; on an embedded server, the services' database. */
    private static Login login(Invocation invocation, Manifest manifest) {
        PostgresTarget target = PostgresTarget.of(
                invocation.options().postgresUrl()
                        .or(() -> manifest.postgres().url())
                        .filter(url -> !url.equals(PostgresSettings.EMBEDDED))
                        // Its parameters are for the services' drivers.
                        .or(() -> manifest.postgres().serviceUrl().map(url -> url.replaceFirst("\\?.*", ""))),
                PostgresTarget.Tls.NONE,
                invocation.context().environment());
        String user = target.properties().getProperty("user", USUAL_LOGIN);
        String database = URLDecoder.decode(
                target.jdbcUrl().replaceAll("^.*/|\\?.*$", ""), StandardCharsets.UTF_8);
        return new Login(user, true, database.isEmpty() ? user : database);
    }
}
