package io.provision.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.plan.AclEntry;
import io.provision.plan.CatalogIdentity;
import io.provision.plan.Change;
import io.provision.plan.Distribution;
import io.provision.plan.Effect;
import io.provision.plan.FoldedAcl;
import io.provision.plan.Hazard;
import io.provision.plan.MigrationResource.CompatView;
import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.MigrationResource.SchemaAccess;
import io.provision.plan.MigrationResource.SequenceUsage;
import io.provision.plan.Movable;
import io.provision.plan.ObjectKind;
import io.provision.plan.PostgresResource.DefaultPrivileges;
import io.provision.plan.PostgresResource.Membership;
import io.provision.plan.PostgresResource.ObjectGrants;
import io.provision.plan.PostgresResource.Role;
import io.provision.plan.PostgresResource.Schema;
import io.provision.plan.PostgresResource.SchemaGrant;
import io.provision.plan.PostgresResource.SearchPath;
import io.provision.plan.Privilege;
import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.RedisResource.UserPassword;
import io.provision.plan.RedisResource.ValidatedNamespace;
import io.provision.plan.Resource;
import io.provision.plan.ResourceKind;
import io.provision.plan.RolePassword;
import io.provision.plan.SqlFile;
import io.provision.plan.SqlObject;
import io.provision.plan.SqlScript;
import io.provision.plan.Store;
import io.provision.plan.VolumeResource.Folder;
import io.provision.plan.acl.AclRules;
import io.provision.plan.acl.Permission;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the journal keeps of a resource is the resource, whatever its names. */
class ChangeJsonTest {

    private static final List<String> WORDS = List.of(
            "orders", "Größe", "with \"quotes\"", "it's", "back\\slash", "two\nlines", "f(integer, text)", "🙂");
    private static final List<String> FILES = List.of("V1__tables.sql", "V1.10__keys.sql", "R__views.sql");

    private static Stream<Long> seeds() {
        return Stream.iterate(1L, seed -> seed + 1).limit(100);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aResourceIsReadAsItWasWritten(long seed) {
        for (Resource resource : oneOfEachKind(new Random(seed))) {
            assertEquals(Optional.of(resource), ChangeJson.read(ChangeJson.write(Optional.of(resource))));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void anIntentIsReadAsItWasWritten(long seed) {
        Random random = new Random(seed);
        List<ChangeEntry> entries = oneOfEachKind(random).stream()
                .map(resource -> new Change(
                        word(random), Optional.empty(), Optional.of(resource), word(random), hazards(random)))
                .map(change -> random.nextBoolean() ? change : change.inverse())
                .map(change -> new ChangeEntry(
                        change, word(random), word(random), List.of(effect(random), effect(random))))
                .toList();

        assertEquals(entries, ChangeJson.readEntries(EntryJson.entries(entries)));
    }

    private static List<Hazard> hazards(Random random) {
        return random.nextBoolean()
                ? List.of()
                : List.of(new Hazard(word(random), word(random), optional(random)));
    }

    @Test
    void everyKindIsTested() {
        assertEquals(
                EnumSet.allOf(ResourceKind.class),
                oneOfEachKind(new Random(1)).stream()
                        .map(Resource::kind)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(ResourceKind.class))));
    }

    /** What stands in somebody's journal already. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "role      | {\"type\":\"role\",\"name\":\"a\",\"comment\":null}",
        "schema    | {\"type\":\"schema\",\"name\":\"a\",\"owner\":\"b\",\"ownerStays\":true,\"comment\":null}",
        "namespace | {\"type\":\"namespace\",\"namespace\":\"a:b\"}",
        "placement | {\"type\":\"placement\",\"name\":\"t\",\"from\":\"a\",\"to\":\"b\",\"schema\":\"a\","
                + "\"owner\":\"o\",\"regrants\":[],\"movable\":\"TABLE\"}",
    })
    void theTypesKeepTheirNames(String type, String json) {
        assertTrue(ChangeJson.write(ChangeJson.read(Optional.of(json))).orElseThrow().contains("\"type\":\"" + type));
    }

    @Test
    void whatATransactionBringsIsWhatPostgresHasButPasswords() {
        List<String> types = oneOfEachKind(new Random(1)).stream()
                .filter(resource -> resource.kind().store() == Store.POSTGRES && !(resource instanceof RolePassword))
                .map(resource -> ChangeJson.write(Optional.of(resource)).orElseThrow())
                .map(json -> json.replaceFirst("(?s).*\"type\":\"(\\w+)\".*", "$1"))
                .toList();

        assertEquals(Set.copyOf(ChangeJson.TRANSACTIONAL), Set.copyOf(types));
    }

    private static List<Resource> oneOfEachKind(Random random) {
        return List.of(
                new Role(word(random), optional(random)),
                new Membership(word(random), word(random), random.nextBoolean(), random.nextBoolean()),
                new SearchPath(word(random), word(random), List.of(word(random), word(random)), word(random)),
                new Schema(word(random), word(random), random.nextBoolean(), optional(random), acl(random)),
                new SchemaGrant(word(random), word(random), privileges(random)),
                new DefaultPrivileges(word(random), word(random), kind(random), word(random), privileges(random)),
                new ObjectGrants(word(random), kind(random), word(random), privileges(random),
                        Map.of(word(random), privileges(random))),
                new SqlFile(word(random), SqlScript.Name.parse(FILES.get(random.nextInt(FILES.size()))).orElseThrow(),
                        word(random)),
                new Distribution(word(random)),
                new SqlObject(word(random), word(random), word(random), random.nextBoolean()),
                new Placement(Movable.values()[random.nextInt(Movable.values().length)], word(random), word(random),
                        word(random), word(random), word(random), acl(random), folded(random), identity(random)),
                new SchemaAccess(word(random), word(random)),
                new SequenceUsage(word(random), word(random), word(random)),
                new CompatView(word(random), word(random), word(random), optional(random), acl(random)),
                new ValidatedNamespace(word(random)),
                new AclUser(word(random), word(random), rules(random)),
                new RolePassword(word(random), word(random)),
                new UserPassword(word(random), word(random), word(random), random.nextBoolean()),
                new Folder(Path.of("/srv", word(random)), Path.of("/srv"), random.nextInt(010000), random.nextBoolean(),
                        optional(random)));
    }

    private static Optional<CatalogIdentity> identity(Random random) {
        return random.nextBoolean()
                ? Optional.of(new CatalogIdentity(random.nextInt(1 << 30), random.nextInt(1 << 30)))
                : Optional.empty();
    }

    private static AclRules rules(Random random) {
        return new AclRules(
                random.nextBoolean(),
                AclRules.Login.values()[random.nextInt(AclRules.Login.values().length)],
                random.nextBoolean(),
                List.of(permission(random), permission(random)));
    }

    private static Permission permission(Random random) {
        return new Permission(word(random), List.of(word(random), word(random)), List.of());
    }

    private static List<FoldedAcl> folded(Random random) {
        return List.of(new FoldedAcl(optional(random), optional(random), acl(random)));
    }

    private static Effect effect(Random random) {
        return new Effect(
                Effect.Kind.values()[random.nextInt(Effect.Kind.values().length)],
                word(random),
                word(random),
                optional(random));
    }

    private static List<AclEntry> acl(Random random) {
        return List.of(new AclEntry(word(random), Privilege.SELECT, optional(random), random.nextBoolean()));
    }

    private static String word(Random random) {
        return WORDS.get(random.nextInt(WORDS.size()));
    }

    private static Optional<String> optional(Random random) {
        return random.nextBoolean() ? Optional.of(word(random)) : Optional.empty();
    }

    private static ObjectKind kind(Random random) {
        return ObjectKind.values()[random.nextInt(ObjectKind.values().length)];
    }

    private static Set<Privilege> privileges(Random random) {
        return Arrays.stream(Privilege.values()).filter(p -> random.nextBoolean()).collect(Collectors.toSet());
    }
}
