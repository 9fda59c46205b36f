package io.provision.plan;

import io.provision.plan.MigrationResource.Placement;
import io.provision.plan.PostgresResource.DefaultPrivileges;
import io.provision.plan.PostgresResource.Membership;
import io.provision.plan.PostgresResource.ObjectGrants;
import io.provision.plan.PostgresResource.Role;
import io.provision.plan.PostgresResource.Schema;
import io.provision.plan.PostgresResource.SchemaGrant;
import io.provision.plan.PostgresResource.SearchPath;
import io.provision.plan.RedisResource.AclUser;
import io.provision.plan.RedisResource.ValidatedNamespace;
import io.provision.plan.VolumeResource.Folder;
import io.provision.plan.acl.AclRules.Login;
import io.provision.plan.acl.AclRules;
import io.provision.plan.acl.Permission;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What another hand, or an earlier run, may have left where a resource is desired. */
final class LiveResources {

    private static final Set<Privilege> ON_SCHEMAS = Set.of(Privilege.USAGE, Privilege.CREATE);

    private final Random random;

    LiveResources(Random random) {
        this.random = random;
    }

    Resource inPlaceOf(Resource wanted) {
        return switch (wanted.kind()) {
            case ROLE -> new Role(((Role) wanted).name(), comment());
            case MEMBERSHIP -> of((Membership) wanted);
            case FOLDER -> of((Folder) wanted);
            case ACL_USER -> of((AclUser) wanted);
            case NAMESPACE -> new ValidatedNamespace(((ValidatedNamespace) wanted).namespace());
            case SCHEMA -> of((Schema) wanted);
            case DEFAULT_PRIVILEGES -> of((DefaultPrivileges) wanted);
            case SCHEMA_GRANT -> of((SchemaGrant) wanted);
            case OBJECT_GRANTS -> of((ObjectGrants) wanted);
            case SQL_FILE -> of((SqlFile) wanted);
            case SQL_OBJECT -> wanted;
            case SEARCH_PATH -> of((SearchPath) wanted);
            case MOVE -> of((Placement) wanted);
            default -> wanted;
        };
    }

    private Membership of(Membership wanted) {
        return new Membership(wanted.role(), wanted.member(), random.nextBoolean(), random.nextBoolean());
    }

    private Folder of(Folder wanted) {
        return new Folder(
                wanted.path(),
                wanted.root(),
                random.nextBoolean() ? wanted.mode() : 0755,
                random.nextBoolean(),
                Optional.of(random.nextBoolean() ? "0:0" : "1000:1000"));
    }

    private AclUser of(AclUser wanted) {
        List<Permission> permissions =
                random.nextBoolean()
                        ? wanted.rules().permissions()
                        : List.of(new Permission("+@all", List.of(), List.of()));
        Login login = Login.values()[random.nextInt(Login.values().length)];
        return wanted.with(new AclRules(random.nextBoolean(), login, true, permissions));
    }

    private Schema of(Schema wanted) {
        return new Schema(wanted.name(), one("postgres", "somebody_else", wanted.owner()), false, comment());
    }

    private DefaultPrivileges of(DefaultPrivileges wanted) {
        return new DefaultPrivileges(
                wanted.schema(), wanted.creator(), wanted.objects(), wanted.grantee(), some(wanted.objects().all()));
    }

    private SchemaGrant of(SchemaGrant wanted) {
        return new SchemaGrant(wanted.schema(), wanted.grantee(), some(ON_SCHEMAS));
    }

    private ObjectGrants of(ObjectGrants wanted) {
        Map<String, Set<Privilege>> lacking = new TreeMap<>(Map.of("orders", some(wanted.privileges())));
        if (random.nextBoolean()) {
            lacking.put("trades", some(wanted.privileges()));
        }
        return new ObjectGrants(wanted.schema(), wanted.objects(), wanted.grantee(), wanted.privileges(), lacking);
    }

    private SqlFile of(SqlFile wanted) {
        return new SqlFile(wanted.schema(), wanted.name(), one(wanted.checksum(), "what it was before"));
    }

    private SearchPath of(SearchPath wanted) {
        List<String> path = random.nextBoolean() ? wanted.path() : List.of("\"$user\"", "public");
        String quoted = path.stream().map("\"%s\""::formatted).collect(Collectors.joining(","));
        return new SearchPath(wanted.role(), wanted.database(), path, quoted);
    }

    private Placement of(Placement wanted) {
        return new Placement(
                wanted.type(),
                wanted.name(),
                wanted.from(),
                wanted.to(),
                one(wanted.from(), wanted.to()),
                one("legacy", wanted.owner()),
                List.of());
    }

    private Optional<String> comment() {
        return switch (random.nextInt(4)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of("made by hand");
            case 2 -> Optional.of(new Mark("trading-ecosystem", "exchange-0", "trading").text());
            default -> Optional.of(new Mark("trading-ecosystem", "exchange-0", "staging").text());
        };
    }

    private String one(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** Some privileges, and at least one: none would be no resource. */
    private Set<Privilege> some(Collection<Privilege> all) {
        List<Privilege> ordered = List.copyOf(Privilege.setOf(all));
        Privilege always = ordered.get(random.nextInt(ordered.size()));
        return Privilege.setOf(ordered.stream().filter(p -> p == always || random.nextBoolean()).toList());
    }
}
