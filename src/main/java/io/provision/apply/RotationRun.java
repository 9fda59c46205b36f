package io.provision.apply;

import io.provision.journal.ChangeEntry;
import io.provision.plan.Change;
import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.Store;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.volumes.RotatedSecret;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Gives new passwords, in an order that locks nobody out wherever it stops: a generated one is on the disk before any
 * server knows it; Redis takes it beside the old one; then, in PostgreSQL's transaction, which has one password alone,
 * the role gets it, and at the last moment before COMMIT the file holds it. Who runs goes on with the old one until
 * then; who starts reads what PostgreSQL takes, but for the moment of the COMMIT itself.
 */
final class RotationRun {

    private final RunContext context;
    private final PasswordPhase users;
    private final NewPasswords passwords;
    private final Progress progress;
    private final RunResults results;

    /** @param passwords of which the context's statements have the verifiers, too */
    RotationRun(
            RunContext context,
            PasswordPhase users,
            NewPasswords passwords,
            Progress progress,
            RunResults results) {
        this.context = context;
        this.users = users;
        this.passwords = passwords;
        this.progress = progress;
        this.results = results;
    }

    Outcome apply(RotationSurvey survey) {
        if (!survey.retires()) {
            survey.units().forEach(unit -> passwords.files(unit.credentials()).forEach(RotatedSecret::clear));
        }
        RunJournal journal = new RunJournal(context, results);
        journal.begin(new Task(survey.plan(), survey.journalStands(), survey.left(), List.of(), Map.of()));
        progress.begins(survey.units().size());
        WorkTransaction transaction = new WorkTransaction(context);
        try {
            rotate(survey, transaction);
        } finally {
            transaction.closeSession();
        }
        users.persist();
        journal.finish();
        return results.outcome(Optional.of(context.run().id()), context.interruption().happened());
    }

    private void rotate(RotationSurvey survey, WorkTransaction transaction) {
        List<RotationUnit> open = new ArrayList<>(survey.units());
        try {
            prepare(survey);
            inRedis(transaction, survey.retires());
            while (!open.isEmpty() && !context.interruption().happened()) {
                rotate(transaction, open.remove(0), survey.retires());
            }
            fail(transaction, open, Interruption.failure(), survey.retires());
        } catch (RuntimeException | Error e) {
            fail(transaction, open, e, survey.retires());
        }
    }

    /** All that takes time, before anything is held. */
    private void prepare(RotationSurvey survey) {
        survey.units().forEach(unit -> unit.users().forEach((user, credential) -> users.expect(
                user, survey.retires() ? passwords.current(credential) : passwords.hash(credential))));
        passwords.prepareVerifiers(survey.units().stream()
                .flatMap(unit -> unit.credentials().stream())
                .filter(credential -> credential.kind() == Credential.Kind.ROLE)
                .toList());
    }

    private void inRedis(WorkTransaction transaction, boolean retires) {
        if (!users.isEmpty()) {
            transaction.alone(retires ? users::leaveAlone : users::add);
            users.persist();
        }
    }

    private void rotate(WorkTransaction transaction, RotationUnit unit, boolean retires) {
        try {
            users.require(unit.users().keySet());
            transaction.commit(attempt -> commit(transaction, unit, retires));
            results.applied(unit.changes());
            settle(unit, retires);
            unit.instances().forEach(instance -> progress.instanceEnded(instance, true));
        } catch (CommitInDoubt e) {
            failed(List.of(unit), e, false);
        } catch (RuntimeException e) {
            fail(transaction, List.of(unit), e, retires);
        } catch (Error e) {
            fail(transaction, List.of(unit), e, retires);
            throw e;
        }
    }

    private boolean commit(WorkTransaction transaction, RotationUnit unit, boolean retires) {
        RolePhase.keepOutOfTheLog(transaction.session(), context.facts());
        List<ChangeEntry> entries = new ArrayList<>();
        for (Change change : unit.changes()) {
            if (change.store() == Store.POSTGRES) {
                context.statements().send(transaction.session(), change);
            }
            entries.add(context.texts().entry(change, List.of()));
        }
        transaction.session().run(c -> context.journal().record(c, context.run().id(), entries));
        transaction.session().run(c -> context.journal().intents()
                .close(c, context.run().id(), unit.instances(), "done", Optional.empty()));
        if (!retires) {
            passwords.files(unit.credentials()).forEach(RotatedSecret::place);
        }
        return true;
    }

    /** It is done by then, whatever becomes of this. */
    private void settle(RotationUnit unit, boolean retires) {
        if (retires) {
            return;
        }
        for (RotatedSecret file : passwords.files(unit.credentials())) {
            try {
                file.settle();
            } catch (ProvisionException e) {
                results.warn(List.of(e.getMessage()));
            }
        }
    }

    /** An old password that Redis was told to forget cannot be given back: the same command again takes it on. */
    private void fail(WorkTransaction transaction, List<RotationUnit> units, Throwable e, boolean retires) {
        Map<Boolean, List<RotationUnit>> parts = units.stream().collect(Collectors.partitioningBy(
                unit -> !retires || users.leftAsTheyWere(unit.users().keySet())));
        failed(parts.get(true), e, undo(transaction, parts.get(true), retires, String.valueOf(e.getMessage())));
        failed(parts.get(false), e, false);
    }

    private void failed(List<RotationUnit> units, Throwable e, boolean undone) {
        units.stream().flatMap(unit -> unit.instances().stream()).forEach(instance -> {
            results.failed(instance, e, undone);
            progress.instanceEnded(instance, false);
        });
    }

    /** @return whether nothing is left; if not, it is said why */
    private boolean undo(WorkTransaction transaction, List<RotationUnit> units, boolean retires, String why) {
        return units.isEmpty()
                || results.undone(
                        "new passwords",
                        () -> transaction.uninterrupted(() -> takeBack(transaction, units, retires, why)));
    }

    private boolean takeBack(WorkTransaction transaction, List<RotationUnit> units, boolean retires, String why) {
        if (!retires) {
            transaction.alone(() -> takeBack(units));
        }
        List<String> instances = units.stream().flatMap(unit -> unit.instances().stream()).toList();
        return transaction.commit(attempt -> {
            transaction.session().run(c -> context.journal().intents()
                    .close(c, context.run().id(), instances, "undone", Optional.of(why)));
            return true;
        });
    }

    /** The old passwords were valid all the time: the files and Redis forget the new ones. */
    private void takeBack(List<RotationUnit> units) {
        List<Problem> problems = new ArrayList<>();
        Set<AclUser> back = new HashSet<>();
        for (RotationUnit unit : units) {
            try {
                passwords.files(unit.credentials()).forEach(RotatedSecret::giveUp);
                back.addAll(unit.users().keySet());
            } catch (ProvisionException e) {
                problems.addAll(e.problems());
            }
        }
        users.takeBack(back);
        if (!problems.isEmpty()) {
            throw new ProvisionException(ExitCode.FAILED, problems);
        }
    }
}
