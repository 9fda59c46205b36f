package io.provision.manifest;

import io.provision.problem.ExitCode;
import io.provision.problem.Place;
import io.provision.problem.Problem;
import io.provision.problem.ProvisionException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Reads a manifest: one file, or several laid over each other ({@code manifest.md}). Touches no server. */
public final class ManifestReader {

    private ManifestReader() {}

    /**
     * @param files the later laid over the earlier; relative paths in any are relative to the first one's folder
     * @param environment what {@code ${…}} is filled from
     * @return the manifest, or everything that is wrong with it
     */
    public static Reading read(List<Path> files, Map<String, String> environment) {
        return read(files, environment, Map.of());
    }

    /** @param drafts texts that are taken for files' own, of files that need not be there: what is not written yet */
    public static Reading read(List<Path> files, Map<String, String> environment, Map<Path, String> drafts) {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("a manifest is at least one file");
        }
        Faults faults = new Faults();
        Sources sources = sources(files, environment, drafts, faults);
        Supplier<String> sha256 = sha256(sources.files());
        Optional<Reading.Read> read = sources.laid().flatMap(laid -> assembly(files.get(0), laid, faults)
                .assemble(sources.variables(), sha256, () -> sorted(faults, files)));
        return read.isPresent() ? read.get() : new Reading.Faulty(sorted(faults, files));
    }

    /**
     * What the instances' names are made from, for {@code derive}. Whether the names can stand beside each other, and
     * what the manifest says of its connections, is not asked.
     *
     * @param further instances that the manifest does not list, each with its service where somebody says it
     * @return the listed ones in the manifest's order, then the further ones
     * @throws ProvisionException with {@link ExitCode#USAGE} and everything that is wrong
     */
    public static List<NameSettings> names(
            List<Path> files, Map<String, String> environment, Map<String, Optional<String>> further) {
        Faults faults = new Faults();
        Optional<Value.Mapping> laid = sources(files, environment, Map.of(), faults).laid();
        List<NameSettings> names = laid.map(root -> assembly(files.get(0), root, faults).names(further))
                .orElse(List.of());
        Set<Place> connections = new HashSet<>();
        laid.ifPresent(root -> Stream.of("postgres", "redis")
                .forEach(key -> root.get(key).ifPresent(value -> broken(value, connections))));
        List<Problem> errors = sorted(faults, files).stream()
                .filter(Problem::isError)
                .filter(error -> error.place().filter(connections::contains).isEmpty())
                .toList();
        if (!errors.isEmpty()) {
            throw new ProvisionException(ExitCode.USAGE, errors);
        }
        return names;
    }

    private static void broken(Value value, Set<Place> places) {
        if (value instanceof Value.Broken) {
            places.add(value.place());
        } else if (value instanceof Value.Mapping mapping) {
            mapping.entries().values().forEach(entry -> broken(entry.value(), places));
        } else if (value instanceof Value.Sequence sequence) {
            sequence.items().forEach(item -> broken(item, places));
        }
    }

    /** @param laid all files laid over each other; empty where nothing is known of one of them */
    private record Sources(List<SourceFile> files, Set<String> variables, Optional<Value.Mapping> laid) {}

    private static Sources sources(
            List<Path> files, Map<String, String> environment, Map<Path, String> drafts, Faults faults) {
        List<SourceFile> read = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        Variables variables = new Variables(environment, faults);
        for (Path file : files) {
            Optional<SourceFile> source = drafts.containsKey(file)
                    ? Optional.of(SourceFile.draft(file, drafts.get(file)))
                    : SourceFile.read(file, faults);
            source.ifPresent(read::add);
            values.add(source
                    .map(s -> new Structure(faults).check(YamlDocument.read(s, variables, faults)))
                    .orElseGet(() -> new Value.Broken(Place.of(file.toString()))));
        }
        // With a file that nothing is known of, everything it might have said would be told as missing.
        boolean allKnown = values.stream().allMatch(value -> value instanceof Value.Mapping);
        Optional<Value> laid = values.stream().reduce((farther, nearer) -> Cascade.lay(farther, nearer, Keys.ROOT));
        return new Sources(read, variables.named(), allKnown ? laid.map(Value.Mapping.class::cast) : Optional.empty());
    }

    private static Assembly assembly(Path first, Value.Mapping laid, Faults faults) {
        Path folder = Optional.ofNullable(first.toAbsolutePath().normalize().getParent())
                .orElse(first.toAbsolutePath());
        return new Assembly(new Settings(laid, Place.of(first.toString())), folder, faults);
    }

    private static List<Problem> sorted(Faults faults, List<Path> files) {
        return faults.sorted(files.stream().map(Path::toString).toList());
    }

    /** @throws ProvisionException with {@link ExitCode#USAGE} and everything that is wrong */
    public static Reading.Read load(List<Path> files, Map<String, String> environment) {
        Reading reading = read(files, environment);
        if (reading instanceof Reading.Read read) {
            return read;
        }
        throw new ProvisionException(ExitCode.USAGE, ((Reading.Faulty) reading).problems());
    }

    /** Worked out beside the rest: Java looks longer for the algorithm than it takes. */
    private static Supplier<String> sha256(List<SourceFile> sources) {
        FutureTask<String> digest = new FutureTask<>(() -> digest(sources));
        Thread beside = new Thread(digest, "provision-digest");
        beside.setDaemon(true);
        beside.start();
        return () -> {
            try {
                return digest.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("every Java has SHA-256", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the manifest was read", e);
            }
        };
    }

    private static String digest(List<SourceFile> sources) throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        sources.forEach(source -> digest.update(source.bytes()));
        return HexFormat.of().formatHex(digest.digest());
    }
}
