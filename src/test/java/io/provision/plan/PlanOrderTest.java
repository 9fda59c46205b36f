package io.provision.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.PostgresResource.DefaultPrivileges;
import io.provision.plan.PostgresResource.ObjectGrants;
import io.provision.plan.PostgresResource.Schema;
import io.provision.plan.PostgresResource.SchemaGrant;
import io.provision.plan.VolumeResource.Folder;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestInstance;

/** What comes before what, in every plan. */
@TestInstance(Lifecycle.PER_CLASS)
class PlanOrderTest {

    private final GeneratedCases cases = new GeneratedCases();

    @Test
    void rolesComeBeforeMembershipsAndMembershipsBeforeEverythingElse() {
        cases.each(c -> {
            List<Integer> phases = resources(c.plan()).stream()
                    .map(resource -> switch (resource.kind()) {
                        case ROLE -> 1;
                        case MEMBERSHIP -> 2;
                        default -> 3;
                    })
                    .toList();
            assertEquals(phases.stream().sorted().toList(), phases);
        });
    }

    @Test
    void whatIsSharedComesBeforeWhatIsOneInstancesOwn() {
        cases.each(c -> {
            List<Boolean> own = afterTheRoles(c.plan()).stream()
                    .map(change -> !change.instance().equals(Change.SHARED))
                    .toList();
            assertEquals(own.stream().sorted().toList(), own);
        });
    }

    @Test
    void theChangesOfAnInstanceFollowEachOther() {
        cases.each(c -> {
            Set<String> done = new HashSet<>();
            String current = "";
            for (Change change : afterTheRoles(c.plan())) {
                if (!change.instance().equals(current)) {
                    current = change.instance();
                    assertTrue(done.add(current), current + " comes twice");
                }
            }
        });
    }

    @Test
    void aSchemaComesBeforeWhatIsInIt() {
        cases.each(c -> {
            Set<String> entered = new HashSet<>();
            for (Resource resource : resources(c.plan())) {
                schemaThatIsEntered(resource).ifPresent(entered::add);
                assertFalse(resource instanceof Schema schema && entered.contains(schema.name()), resource.toString());
            }
        });
    }

    private static Optional<String> schemaThatIsEntered(Resource resource) {
        if (resource instanceof SchemaGrant grant) {
            return Optional.of(grant.schema());
        }
        if (resource instanceof DefaultPrivileges defaults) {
            return Optional.of(defaults.schema());
        }
        if (resource instanceof ObjectGrants grants) {
            return Optional.of(grants.schema());
        }
        return resource instanceof SqlFile file ? Optional.of(file.schema()) : Optional.empty();
    }

    @Test
    void aFolderComesBeforeThoseInIt() {
        cases.each(c -> {
            Set<Path> entered = new HashSet<>();
            for (Resource resource : resources(c.plan())) {
                if (resource instanceof Folder folder) {
                    assertFalse(entered.contains(folder.path()), folder.toString());
                    for (Path on = folder.path().getParent(); on != null; on = on.getParent()) {
                        entered.add(on);
                    }
                }
            }
        });
    }

    @Test
    void versionedFilesComeByVersionAndRepeatableOnesAfterThem() {
        cases.each(c -> {
            Map<String, List<SqlScript.Name>> bySchema = resources(c.plan()).stream()
                    .filter(SqlFile.class::isInstance)
                    .map(SqlFile.class::cast)
                    .collect(Collectors.groupingBy(
                            SqlFile::schema, Collectors.mapping(SqlFile::name, Collectors.toList())));
            bySchema.values().forEach(names -> assertEquals(names.stream().sorted().toList(), names));
        });
    }

    @Test
    void grantsStandBeforeTheFilesThatMayNeedThem() {
        cases.each(c -> afterTheRoles(c.plan()).stream()
                .collect(Collectors.groupingBy(Change::instance))
                .values()
                .forEach(changes -> {
                    List<Boolean> files = changes.stream()
                            .map(Change::resource)
                            .map(Resource::kind)
                            .filter(Set.of(
                                    ResourceKind.SCHEMA_GRANT, ResourceKind.DEFAULT_PRIVILEGES, ResourceKind.SQL_FILE)
                                    ::contains)
                            .map(ResourceKind.SQL_FILE::equals)
                            .toList();
                    assertEquals(files.stream().sorted().toList(), files);
                }));
    }

    /** It is named by the types that it takes, where they stand. */
    @Test
    void aFunctionMovesBeforeWhatMayBeTheTypeOfItsArguments() {
        List<Placement> standing = Stream.of(Movable.values())
                .map(type -> placed(type, type == Movable.FUNCTION ? "distance(public.color)" : "color", "public"))
                .toList();
        List<Placement> wanted = standing.stream().map(was -> placed(was.type(), was.name(), "okx")).toList();

        List<Resource> moved = resources(PlanFixture.plan(standing, wanted));

        assertEquals(Movable.values().length, moved.size());
        assertEquals(Movable.FUNCTION, ((Placement) moved.get(0)).type(), moved::toString);
    }

    private static Placement placed(Movable type, String name, String schema) {
        return new Placement(type, name, "public", "okx", schema, "legacy", List.of());
    }

    private static List<Resource> resources(Plan plan) {
        return plan.changes().stream().map(Change::resource).toList();
    }

    private static List<Change> afterTheRoles(Plan plan) {
        Set<ResourceKind> inBulk = Set.of(ResourceKind.ROLE, ResourceKind.MEMBERSHIP);
        return plan.changes().stream().filter(change -> !inBulk.contains(change.resource().kind())).toList();
    }
}
