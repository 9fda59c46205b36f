package io.provision.apply;

import io.provision.journal.ChangeEntry;
import io.provision.plan.Change;
import io.provision.plan.Desired;
import io.provision.plan.Plan;
import io.provision.plan.PostgresResource.SqlFile;
import io.provision.plan.Resource;
import io.provision.plan.ResourceKind;
import io.provision.plan.State;
import io.provision.postgres.ScriptRunner;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** One instance is one transaction: its schema, grants, {@code sql:} and journal rows commit together or not at all. */
final class InstanceWork {

    private final RunContext context;
    private final WorkTransaction transaction;
    private final String instance;
    private final List<String> warnings = new ArrayList<>();

    InstanceWork(RunContext context, WorkTransaction transaction, String instance) {
        this.context = context;
        this.transaction = transaction;
        this.instance = instance;
    }

    /**
     * @param changes of the instance in PostgreSQL, without those of the {@link RolePhase}
     * @param outside what was done for the instance on the disk and in Redis, to be journaled with it
     * @return the changes in PostgreSQL that were made
     */
    List<Change> commit(List<Change> changes, List<Change> outside) {
        return transaction.commit(attempt -> {
            warnings.clear();
            List<Change> now = attempt == 1 ? changes : lookAgain(changes);
            List<ChangeEntry> entries = new ArrayList<>();
            outside.forEach(change -> entries.add(context.texts().entry(change, List.of())));
            now.forEach(change -> entries.add(apply(change)));
            proveEffects();
            transaction.session().run(c -> context.journal().record(c, context.run().id(), entries));
            transaction.session().run(c ->
                    context.journal().close(c, context.run().id(), instance, "done", Optional.empty()));
            return now;
        });
    }

    private ChangeEntry apply(Change change) {
        if (change.resource() instanceof SqlFile file) {
            List<String> effects = new ScriptRunner(transaction.session())
                    .run(context.texts().script(file, instance), context.texts().context(file, instance));
            return context.texts().entry(change, effects);
        }
        warnings.addAll(context.statements().send(transaction.session(), change));
        return context.texts().entry(change, List.of());
    }

    /** Files run as they were planned: what another hand may have changed is the rest. */
    private List<Change> lookAgain(List<Change> changes) {
        Set<Resource> ran = changes.stream()
                .filter(change -> change.resource().kind() == ResourceKind.SQL_FILE)
                .map(Change::resource)
                .collect(Collectors.toSet());
        Desired part = part(resource -> resource.kind() != ResourceKind.SQL_FILE || ran.contains(resource));
        List<Resource> before = changes.stream()
                .filter(change -> change.resource().kind() == ResourceKind.SQL_FILE)
                .flatMap(change -> change.before().stream())
                .toList();
        return Surveyor.again(transaction.session(), context.facts(), part, before).changes();
    }

    /** GRANT without the grant option only warns, and does nothing: what was done is looked at before COMMIT. */
    private void proveEffects() {
        Desired part = part(resource -> resource.kind() != ResourceKind.SQL_FILE);
        Plan missing = Surveyor.again(transaction.session(), context.facts(), part, List.of());
        if (!missing.isEmpty()) {
            String what = missing.changes().stream()
                    .map(change -> "%s (%s)".formatted(change.target().target(), change.reason()))
                    .collect(Collectors.joining("; "));
            String said = warnings.isEmpty() ? "" : "; the server warned: " + String.join("; ", warnings);
            throw new ProvisionException(
                    ExitCode.FAILED,
                    Problem.error("the statements for %s ran, and this is not so: %s%s".formatted(instance, what, said))
                            .remedy("look at who owns it: only its owner, or who has the grant option, can grant"));
        }
    }

    private Desired part(Predicate<Resource> which) {
        Desired nothing = new Desired(State.EMPTY, Map.of(), context.desired().mark());
        return context.postgresByInstance()
                .getOrDefault(instance, nothing)
                .where((whose, resource) -> which.test(resource));
    }
}
