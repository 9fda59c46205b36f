package io.provision.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.provision.plan.AclEntry;
import io.provision.plan.Distribution;
import io.provision.plan.ObjectKind;
import io.provision.plan.PostgresResource.DefaultPrivileges;
import io.provision.plan.PostgresResource.Membership;
import io.provision.plan.PostgresResource.Role;
import io.provision.plan.PostgresResource.Schema;
import io.provision.plan.PostgresResource.SchemaGrant;
import io.provision.plan.PostgresResource.SearchPath;
import io.provision.plan.Privilege;
import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.RedisResource.ValidatedNamespace;
import io.provision.plan.Resource;
import io.provision.plan.RolePassword;
import io.provision.plan.SqlFile;
import io.provision.plan.SqlScript;
import io.provision.plan.VolumeResource.Folder;
import io.provision.plan.acl.AclRules;
import io.provision.plan.acl.Permission;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The journal's format does not depend on who writes it: the object mapper tells what is right. */
class ResourceJsonTest {

    private static final List<String> NAMES = List.of(
            "okx", "", "it's \"it\"", "back\\slash", "a\tb\nc\rd\be\ff", "\u0000\u0001\u001f\u007f",
            "\u00e4\u2028\ud83d\ude80", "a/b", "</script>", "\u0130");

    static Stream<Resource> resources() {
        return NAMES.stream().flatMap(name -> Stream.of(
                new Role(name, Optional.empty()),
                new Role(name, Optional.of(name)),
                new Membership(name, "login", true, false),
                new SearchPath(name, "trading", List.of(name, "public"), name + ", public"),
                new SearchPath(name, "trading", List.of(), ""),
                new Schema(name, "owner", false, Optional.of(name)),
                new Schema("okx", name, true, Optional.empty()),
                new SchemaGrant(name, "reader", Set.of(Privilege.USAGE, Privilege.CREATE)),
                new SchemaGrant("okx", name, Set.of()),
                new DefaultPrivileges(name, "creator", ObjectKind.SEQUENCE, name, Set.of(Privilege.SELECT)),
                new DefaultPrivileges("okx", name, ObjectKind.TABLE, "reader", ObjectKind.TABLE.all()),
                new SqlFile(
                        name,
                        new SqlScript.Name("V1.2__" + name + ".sql", List.of(1L, 999_999_999_999_999_999L)),
                        "ab"),
                new SqlFile("okx", new SqlScript.Name("R__" + name + ".sql", List.of()), name),
                new Folder(Path.of("/" + name.replace('\u0000', '0')), Path.of("/"), 0750, true, Optional.of("0:0")),
                new Folder(Path.of("/tmp"), Path.of("/"), 0, false, Optional.empty()),
                new AclUser(name, "", new AclRules(true, AclRules.Login.PASSWORD, false, List.of(
                        new Permission(name, List.of("~" + name, "%R~*"), List.of()),
                        new Permission("", List.of(), List.of("&" + name))))),
                new ValidatedNamespace(name),
                new Distribution(name)));
    }

    @ParameterizedTest
    @MethodSource("resources")
    void whatAManifestAsksForIsWrittenAsTheObjectMapperWritesIt(Resource resource) {
        assertEquals(ChangeJson.write(Optional.of(resource)), wanted(resource));
    }

    @Test
    void whatNoManifestAsksForIsLeftToIt() {
        assertTrue(wanted(new RolePassword("okx", "run")).isEmpty());
        assertTrue(wanted(new Schema("okx", "owner", false, Optional.empty(),
                List.of(new AclEntry("reader", Privilege.USAGE, Optional.empty(), false)))).isEmpty());
    }

    private static Optional<String> wanted(Resource resource) {
        AtomicBoolean isWanted = new AtomicBoolean();
        String json = JsonText.of(generator -> isWanted.set(ResourceJson.writeWanted(generator, resource)));
        return Optional.of(json).filter(written -> isWanted.get());
    }
}
