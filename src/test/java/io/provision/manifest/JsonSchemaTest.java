package io.provision.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.provision.testing.Golden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the reader takes, so does the JSON Schema that editors complete from, and the other way round. */
class JsonSchemaTest {

    private static final Path SHIPPED = Path.of("src/main/resources/io/provision/instances.schema.json");
    private static final int CASES = 400;

    private final JsonSchema schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(SHIPPED.toUri());

    @Test
    void theShippedSchemaSaysWhatTheTableOfKeysSays() throws IOException {
        String meant = pretty(SchemaOfKeys.document());
        if (Golden.isWritten()) {
            Files.writeString(SHIPPED, meant);
        }
        assertEquals(meant, Files.readString(SHIPPED), "after a change of Keys: mvn test -Dgolden.write=true");
    }

    @Test
    void everyKeyOfTheSchemaIsDescribed() throws IOException {
        JsonNode document = new ObjectMapper().readTree(SHIPPED.toFile());
        document.findValues("properties").forEach(properties -> properties.properties().forEach(property ->
                assertTrue(property.getValue().hasNonNull("description"), property.getKey())));
    }

    @Test
    void theShippedManifestFitsTheSchema() throws IOException {
        assertEquals(List.of(), faults(Files.readString(Path.of("instances.yaml"))));
    }

    static IntStream seeds() {
        return IntStream.range(0, CASES);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aGeneratedManifestIsTakenByBoth(int seed) throws IOException {
        String manifest = new ManifestGenerator(new Random(seed)).valid();
        assertEquals(List.of(), faults(manifest), manifest);
        assertEquals(List.of(), readerFaults(manifest), manifest);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aMutatedManifestIsTakenByBothOrByNeither(int seed) throws IOException {
        String manifest = new ManifestGenerator(new Random(seed)).mutated();
        assertEquals(readerFaults(manifest).isEmpty(), faults(manifest).isEmpty(), () -> manifest
                + "\nreader: " + readerFaults(manifest) + "\nschema: " + unchecked(manifest));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "ecosystem: e\nredis:\ninstances: {a: {}}",
        "ecosystem: e\nredis: {url: embedded}\ninstances: {}",
        "ecosystem: e\nredis: {url: embedded}\ninstances:",
        "redis: {url: embedded}\ninstances: {a: {}}",
        "ecosystem: e\nredis: {url: embedded}",
        "- a",
    })
    void whatAManifestMustSayBothAskFor(String manifest) throws IOException {
        assertTrue(!faults(manifest).isEmpty() && ManifestText.read(manifest) instanceof Reading.Faulty, manifest);
    }

    private List<String> faults(String manifest) throws IOException {
        JsonNode tree = new YAMLMapper().readTree(manifest);
        return schema.validate(tree).stream().map(Object::toString).toList();
    }

    private String unchecked(String manifest) {
        try {
            return faults(manifest).toString();
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    /** Structural faults only: that a table is claimed twice no schema can say. */
    private static List<String> readerFaults(String manifest) {
        Faults faults = new Faults();
        byte[] bytes = manifest.getBytes(StandardCharsets.UTF_8);
        SourceFile source = new SourceFile("m.yaml", bytes, manifest);
        new Structure(faults).check(YamlDocument.read(source, new Variables(Map.of("SET", "set"), faults), faults));
        return faults.sorted(List.of("m.yaml")).stream().map(Object::toString).toList();
    }

    private static String pretty(JsonNode document) throws IOException {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter()
                .withObjectIndenter(new DefaultIndenter("  ", "\n"));
        return new ObjectMapper().writer(printer).writeValueAsString(document) + "\n";
    }
}
