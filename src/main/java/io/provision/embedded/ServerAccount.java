package io.provision.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * As whom PostgreSQL runs, which refuses to run as root. Root, as in most containers, enters a user namespace in which
 * it is nobody and still owns its files; where the container forbids that, it becomes nobody outside of it too, keeping
 * only the right to pass through folders that are closed to others, and the data folder is given to nobody.
 *
 * @param prefix what stands before each command
 * @param owner the uid that the data folder has to belong to
 */
record ServerAccount(List<String> prefix, long owner) {

    private static final long NOBODY = 65534;

    static final ServerAccount SELF = new ServerAccount(List.of(), Access.uid());
    static final ServerAccount NAMESPACE = new ServerAccount(List.of("unshare", "--user"), Access.ROOT);
    static final ServerAccount AS_NOBODY = new ServerAccount(List.of("setpriv",
            "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups",
            "--inh-caps=+dac_override", "--ambient-caps=+dac_override"), NOBODY);

    /**
     * @param programs the folder of PostgreSQL's programs
     * @param folder what it has to get to, perhaps through folders that are closed to others
     */
    static ServerAccount choose(Path programs, Path folder) {
        if (Access.uid() != Access.ROOT) {
            return SELF;
        }
        List<String> obstacles = new ArrayList<>();
        for (ServerAccount account : List.of(NAMESPACE, AS_NOBODY)) {
            Optional<String> obstacle = account.obstacle(programs, folder);
            if (obstacle.isEmpty()) {
                return account;
            }
            obstacles.add("%s (%s)".formatted(account.prefix.get(0), obstacle.get()));
        }
        throw EmbeddedFailure.refused(
                "PostgreSQL does not run as root, and neither %s makes it work here"
                        .formatted(String.join(" nor ", obstacles)),
                "run as an ordinary user, or set POSTGRES_URL and REDIS_URL to use servers of your own");
    }

    /** @return why this account does not get to them; empty when it does */
    private Optional<String> obstacle(Path programs, Path folder) {
        // Only a failure says something: where the disk is full, what cannot be written would be the obstacle.
        List<String> look = command(List.of(
                "sh", "-c", "cd -- \"$1\" && ls -d -- \"$2\" >/dev/null && test -x \"$2\"", "sh",
                folder.toString(), programs.resolve("postgres").toString()));
        try {
            // The folder is ours and can be written; the machine's own for temporary files need not be.
            Path said = Files.createTempFile(folder, ".account", ".log");
            try {
                return new ServerCommand(look, Path.of("/"), said, Map.of()).run()
                        ? Optional.empty()
                        : Optional.of("it says: " + Files.readString(said).strip().replaceAll("\\s+", " "));
            } finally {
                Files.delete(said);
            }
        } catch (IOException absent) {
            return Optional.of(String.valueOf(absent.getMessage()));
        } catch (InterruptedException e) {
            throw EmbeddedFailure.interrupted("finding out how to run PostgreSQL");
        }
    }

    List<String> command(List<String> command) {
        List<String> whole = new ArrayList<>(prefix);
        whole.addAll(command);
        return whole;
    }

    /** The folder may have been made under another account: another container, another kernel. */
    void own(Path data) throws IOException {
        if (Access.uid() == Access.ROOT && Access.owner(data) != owner) {
            FileTree.give(data, owner);
        }
    }
}
