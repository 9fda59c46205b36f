package io.provision.manifest;

import io.provision.problem.ExitCode;
import io.provision.problem.Place;
import io.provision.problem.ProvisionException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a manifest: one file, or several laid over each other ({@code manifest.md}). Touches no server. */
public final class ManifestReader {

    private ManifestReader() {}

    /**
     * @param files the later laid over the earlier; relative paths in any are relative to the first one's folder
     * @param environment what {@code ${…}} is filled from
     * @return the manifest, or everything that is wrong with it
     */
    public static Reading read(List<Path> files, Map<String, String> environment) {
        if (files.isEmpty()) {
            throw new IllegalArgumentException("a manifest is at least one file");
        }
        Faults faults = new Faults();
        List<String> names = files.stream().map(Path::toString).toList();
        List<SourceFile> sources = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        Variables variables = new Variables(environment, faults);
        for (Path file : files) {
            Optional<SourceFile> source = SourceFile.read(file, faults);
            source.ifPresent(sources::add);
            values.add(source
                    .map(s -> new Structure(faults).check(YamlDocument.read(s, variables, faults)))
                    .orElseGet(() -> new Value.Broken(Place.of(file.toString()))));
        }
        // With a file that nothing is known of, everything it might have said would be told as missing.
        boolean allKnown = values.stream().allMatch(value -> value instanceof Value.Mapping);
        Optional<Reading.Read> read = allKnown
                ? assemble(files.get(0), sources, values, faults)
                : Optional.empty();
        return read.isPresent() ? read.get() : new Reading.Faulty(faults.sorted(names));
    }

    /** @throws ProvisionException with {@link ExitCode#USAGE} and everything that is wrong */
    public static Reading.Read load(List<Path> files, Map<String, String> environment) {
        Reading reading = read(files, environment);
        if (reading instanceof Reading.Read read) {
            return read;
        }
        throw new ProvisionException(ExitCode.USAGE, ((Reading.Faulty) reading).problems());
    }

    private static Optional<Reading.Read> assemble(
            Path first, List<SourceFile> sources, List<Value> values, Faults faults) {
        Value.Mapping laid = (Value.Mapping) values.stream()
                .reduce((farther, nearer) -> Cascade.lay(farther, nearer, Keys.ROOT))
                .orElseThrow();
        Path folder = Optional.ofNullable(first.toAbsolutePath().normalize().getParent())
                .orElse(first.toAbsolutePath());
        Assembly assembly = new Assembly(new Settings(laid, Place.of(first.toString())), folder, faults);
        return assembly.assemble(sources.get(0).name(), sha256(sources),
                () -> faults.sorted(sources.stream().map(SourceFile::name).toList()));
    }

    private static String sha256(List<SourceFile> sources) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            sources.forEach(source -> digest.update(source.bytes()));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
