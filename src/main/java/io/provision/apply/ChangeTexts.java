package io.provision.apply;

import io.provision.journal.ChangeEntry;
import io.provision.manifest.Instance;
import io.provision.plan.Change;
import io.provision.plan.Effect;
import io.provision.plan.RedisResource.UserPassword;
import io.provision.plan.RedisResource.ValidatedNamespace;
import io.provision.plan.RolePassword;
import io.provision.plan.SqlFile;
import io.provision.plan.SqlObject;
import io.provision.plan.SqlScript;
import io.provision.postgres.PostgresStatements;
import io.provision.postgres.ScriptContext;
import io.provision.postgres.ShownScripts;
import io.provision.redis.RedisCommands;
import io.provision.volumes.FolderCommands;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A change, and what undoes it, as a person would type them. Never a secret. */
public final class ChangeTexts {

    private final Scope scope;
    private final Map<String, Instance> instances;
    private final PostgresStatements statements;
    private final FolderCommands folders;
    private final ShownScripts scripts = new ShownScripts();

    /** @param serverVersion {@code server_version_num} */
    public ChangeTexts(Scope scope, int serverVersion) {
        this.scope = scope;
        this.instances = scope.manifest().instances().stream()
                .collect(Collectors.toMap(Instance::name, Function.identity()));
        this.statements = PostgresStatements.shown(serverVersion);
        this.folders = new FolderCommands(scope.manifest().folder());
    }

    public String forward(Change change) {
        return switch (change.store()) {
            case POSTGRES -> forward(change, change.resource() instanceof SqlFile ? List.of() : statements.of(change));
            case REDIS -> RedisCommands.describe(change);
            case VOLUME -> folders.describe(change);
        };
    }

    /**
     * The same of a change in PostgreSQL.
     *
     * @param statements what {@link #statements} says of it
     */
    public String forward(Change change, List<String> statements) {
        return change.resource() instanceof SqlFile file
                ? file(file, change)
                : String.join(";\n", statements) + ";";
    }

    public String inverse(Change change) {
        if (change.resource() instanceof ValidatedNamespace) {
            return "-- nothing: the key that was set is gone";
        }
        if (change.resource() instanceof RolePassword || change.resource() instanceof UserPassword) {
            return "-- nothing: nobody knows the one before any more";
        }
        if (change.resource() instanceof SqlObject) {
            return "-- nothing but its file makes it";
        }
        return forward(change.inverse());
    }

    /** The statements of the PostgreSQL part, {@code sql:} files written out, for a person to run. */
    public List<String> statements(Change change) {
        return change.resource() instanceof SqlFile file && change.after().isPresent()
                ? scripts.of(script(file, change.instance()), context(file, change.instance()))
                : statements.of(change);
    }

    /** Of what another hand did already. */
    ChangeEntry settled(Change change) {
        return new ChangeEntry(
                change, "-- nothing: another hand has done it", "-- nothing: it was not done here", List.of());
    }

    ChangeEntry entry(Change change, List<Effect> effects) {
        return new ChangeEntry(change, forward(change), inverse(change), effects);
    }

    private String file(SqlFile file, Change change) {
        String where = file.name().file() + (change.after().isPresent() ? " in " : " made in ") + file.schema();
        if (change.after().isEmpty()) {
            return "-- drops what " + where + ", where it is empty";
        }
        String who = instances.containsKey(change.instance())
                ? " as " + context(file, change.instance()).owner().orElse("the login")
                : "";
        return "-- runs " + where + who + " (sha256 " + file.checksum().substring(0, 12) + ")";
    }

    SqlScript script(SqlFile file, String instance) {
        Optional<Path> folder = instances.get(instance).sql();
        for (SqlScript script : folder.map(scope.scripts()::get).orElse(List.of())) {
            if (script.name().equals(file.name())) {
                return script;
            }
        }
        throw new IllegalArgumentException("no file " + file.name().file());
    }

    ScriptContext context(SqlFile file, String name) {
        Instance instance = instances.get(name);
        boolean byRole = instance.owner() == Instance.Owner.ROLE;
        return new ScriptContext(
                file.schema(),
                instance.names().role(),
                name,
                instance.identity().service(),
                byRole ? Optional.of(instance.names().role()) : Optional.empty());
    }
}
