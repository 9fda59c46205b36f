package io.provision.apply;

import io.provision.apply.Outcome.Failure;
import io.provision.journal.ChangeEntry;
import io.provision.plan.Change;
import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.ResourceId;
import io.provision.plan.Store;
import io.provision.problem.ExitCode;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import io.provision.redis.PasswordHash;
import io.provision.redis.PasswordWord;
import io.provision.redis.RedisStore;
import io.provision.volumes.RotatedSecret;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Gives new passwords, in an order that locks nobody out wherever it stops: a generated one is on the disk before any
 * server knows it; Redis takes it beside the old one; then, in PostgreSQL's transaction, which has one password alone,
 * the role gets it, and at the last moment before COMMIT the file holds it. Who runs goes on with the old one until
 * then; who starts reads what PostgreSQL takes, but for the moment of the COMMIT itself.
 */
final class RotationRun {

    private final RunContext context;
    private final Optional<RedisStore> redis;
    private final NewPasswords passwords;
    private final Progress progress;
    private final RunResults results;

    /** What of Redis users' passwords is to be said, of all units; and which of them were not known before. */
    private final Map<AclUser, PasswordHash> hashes = new HashMap<>();
    private final Map<AclUser, PasswordHash> added = new HashMap<>();
    private final Map<ResourceId, Problem> refused = new HashMap<>();
    private final Map<String, String> verifiers;

    /** @param verifiers by role, filled here and read by the context's statements */
    RotationRun(
            RunContext context,
            Optional<RedisStore> redis,
            NewPasswords passwords,
            Map<String, String> verifiers,
            Progress progress,
            RunResults results) {
        this.context = context;
        this.redis = redis;
        this.passwords = passwords;
        this.verifiers = verifiers;
        this.progress = progress;
        this.results = results;
    }

    Outcome apply(RotationSurvey survey) {
        RunJournal journal = new RunJournal(context, results);
        journal.begin(new Task(survey.plan(), survey.journalStands(), survey.left(), List.of(), Map.of()));
        List<RotationUnit> open = new ArrayList<>(survey.units());
        progress.begins(open.size());
        try {
            prepare(survey);
            inRedis(survey.retires() ? PasswordWord.LEAVE_ALONE : PasswordWord.ADD);
            while (!open.isEmpty() && !context.interruption().happened()) {
                RotationUnit unit = open.remove(0);
                rotate(unit, survey.retires());
            }
            open.forEach(unit -> fail(unit, WorkTransaction.interrupted(), survey.retires()));
        } catch (RuntimeException e) {
            open.forEach(unit -> fail(unit, e, survey.retires()));
        }
        persist();
        journal.finish();
        return results.outcome(Optional.of(context.run().id()), context.interruption().happened());
    }

    /** All that takes time, before anything is held. */
    private void prepare(RotationSurvey survey) {
        for (RotationUnit unit : survey.units()) {
            unit.users().forEach((user, credential) -> hashes.put(
                    user, survey.retires() ? passwords.current(credential) : passwords.hash(credential)));
            unit.credentials().stream()
                    .filter(credential -> credential.kind() == Credential.Kind.ROLE)
                    .forEach(credential -> verifiers.put(credential.name(), passwords.verifier(credential)));
        }
    }

    private void inRedis(PasswordWord word) {
        if (hashes.isEmpty()) {
            return;
        }
        WorkTransaction transaction = new WorkTransaction(context);
        try {
            transaction.alone(() -> {
                if (word == PasswordWord.ADD) {
                    added.putAll(hashes);
                    store().passwords(hashes.keySet()).forEach((user, known) -> {
                        if (known.contains(hashes.get(user))) {
                            added.remove(user);
                        }
                    });
                }
                refused.putAll(store().changePasswords(word, word == PasswordWord.ADD ? added : hashes));
            });
        } finally {
            transaction.closeSession();
        }
        persist();
    }

    private RedisStore store() {
        return redis.orElseThrow();
    }

    private void rotate(RotationUnit unit, boolean retires) {
        WorkTransaction transaction = new WorkTransaction(context);
        try {
            require(unit);
            transaction.commit(attempt -> commit(transaction, unit, retires));
            results.applied(unit.changes());
            settle(unit, retires);
            unit.instances().forEach(instance -> progress.instanceEnded(instance, true));
        } catch (FateUnknown e) {
            unit.instances().forEach(instance -> results.failed(Failure.of(instance, e, false)));
        } catch (RuntimeException e) {
            fail(unit, e, retires);
        } finally {
            transaction.closeSession();
        }
    }

    private void require(RotationUnit unit) {
        List<Problem> problems = unit.users().keySet().stream()
                .map(user -> refused.get(user.id()))
                .filter(problem -> problem != null)
                .toList();
        if (!problems.isEmpty()) {
            throw new ProvisionException(ExitCode.FAILED, problems);
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

    private void fail(RotationUnit unit, RuntimeException e, boolean retires) {
        boolean undone = !retires || unit.users().keySet().stream().allMatch(user -> refused.containsKey(user.id()));
        try {
            if (undone) {
                undo(unit, retires, String.valueOf(e.getMessage()));
            }
        } catch (RuntimeException undoing) {
            e.addSuppressed(undoing);
            undone = false;
        }
        for (String instance : unit.instances()) {
            results.failed(Failure.of(instance, e, undone));
            progress.instanceEnded(instance, false);
        }
    }

    /** The old passwords were valid all the time: the file and Redis forget the new one. */
    private void undo(RotationUnit unit, boolean retires, String why) {
        WorkTransaction transaction = WorkTransaction.undoing(context);
        try {
            transaction.alone(() -> {
                if (!retires) {
                    passwords.files(unit.credentials()).forEach(RotatedSecret::giveUp);
                    takeBack(unit);
                }
            });
            transaction.commit(attempt -> {
                transaction.session().run(c -> context.journal().intents()
                        .close(c, context.run().id(), unit.instances(), "undone", Optional.of(why)));
                return true;
            });
        } finally {
            transaction.closeSession();
        }
    }

    private void takeBack(RotationUnit unit) {
        Map<AclUser, PasswordHash> back = unit.users().keySet().stream()
                .filter(user -> added.containsKey(user) && !refused.containsKey(user.id()))
                .collect(Collectors.toMap(user -> user, added::get));
        Collection<Problem> problems = back.isEmpty() ? List.of() : store().changePasswords(PasswordWord.TAKE, back).values();
        if (!problems.isEmpty()) {
            throw new ProvisionException(ExitCode.FAILED, List.copyOf(problems));
        }
    }

    /** Before a password counts, and after one was taken back: a server may restart. */
    private void persist() {
        if (hashes.isEmpty() || !context.options().persist()) {
            return;
        }
        try {
            results.warn(store().persistUsers());
        } catch (ProvisionException e) {
            results.warn(List.of("whether Redis users have their passwords after its restart is not known: "
                    + e.getMessage()));
        }
    }
}
