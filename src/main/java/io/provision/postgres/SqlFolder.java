package io.provision.postgres;

import io.provision.plan.SqlScript;
import io.provision.problem.ExitCode;
import io.provision.problem.IoReason;
import io.provision.problem.Place;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads the files of {@code sql:} folders ({@code postgres.md}, "What an instance gets", 5). */
public final class SqlFolder {

    private final List<Problem> problems = new ArrayList<>();

    private SqlFolder() {}

    /**
     * @return each folder's files in the order in which they run
     * @throws ProvisionException with {@link ExitCode#USAGE} that tells every fault of every folder
     */
    public static Map<Path, List<SqlScript>> readAll(Stream<Path> folders) {
        SqlFolder reader = new SqlFolder();
        Map<Path, List<SqlScript>> scripts = new HashMap<>();
        folders.distinct().sorted().forEach(folder -> scripts.put(folder, reader.read(folder)));
        if (!reader.problems.isEmpty()) {
            throw new ProvisionException(ExitCode.USAGE, reader.problems);
        }
        return scripts;
    }

    private List<SqlScript> read(Path folder) {
        List<SqlScript> scripts = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".sql")).sorted().forEach(file -> add(scripts, file));
        } catch (IOException e) {
            problems.add(Problem.error("the folder of `sql:` cannot be read: " + IoReason.of(e))
                    .at(Place.of(folder.toString()))
                    .remedy("make it, or take `sql:` out of the manifest"));
        }
        scripts.sort(Comparator.comparing(SqlScript::name));
        sameVersionTwice(folder, scripts);
        return scripts;
    }

    private void add(List<SqlScript> scripts, Path file) {
        String name = file.getFileName().toString();
        SqlScript.Name.parse(name)
                .ifPresentOrElse(
                        parsed -> readText(scripts, file, parsed),
                        () -> problems.add(Problem.error(name + " is not named as a versioned or repeatable file")
                                .at(Place.of(file.toString()))
                                .remedy("name it V1__what.sql (runs once) or R__what.sql (runs whenever it changes)")));
    }

    private void readText(List<SqlScript> scripts, Path file, SqlScript.Name name) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            SqlScript script = new SqlScript(name, sha256(bytes), text.startsWith("\uFEFF") ? text.substring(1) : text);
            ScriptText.faults(script).forEach(fault ->
                    problems.add(Problem.error(fault).at(Place.of(file.toString()))));
            scripts.add(script);
        } catch (CharacterCodingException e) {
            Problem problem = Problem.error("the file is not UTF-8").at(Place.of(file.toString()));
            problems.add(problem.remedy("save it as UTF-8"));
        } catch (IOException e) {
            problems.add(Problem.error("the file cannot be read: " + IoReason.of(e)).at(Place.of(file.toString())));
        }
    }

    private void sameVersionTwice(Path folder, List<SqlScript> scripts) {
        for (int i = 1; i < scripts.size(); i++) {
            SqlScript.Name one = scripts.get(i - 1).name();
            SqlScript.Name other = scripts.get(i).name();
            if (!one.repeatable() && one.version().equals(other.version())) {
                problems.add(Problem.error("%s and %s have the same version".formatted(one.file(), other.file()))
                        .at(Place.of(folder.toString()))
                        .remedy("give one of them another"));
            }
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
