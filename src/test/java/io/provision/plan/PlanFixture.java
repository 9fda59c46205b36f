package io.provision.plan;

import io.provision.plan.PostgresResource.DefaultPrivileges;
import io.provision.plan.PostgresResource.ObjectGrants;
import io.provision.plan.PostgresResource.Schema;
import io.provision.plan.PostgresResource.SchemaGrant;
import io.provision.plan.PostgresResource.SearchPath;
import io.provision.plan.VolumeResource.Folder;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Plans for one instance, and resources to plan with. */
final class PlanFixture {

    static final Mark HOUSE = new Mark("trading-ecosystem", Change.SHARED, "trading");
    static final Optional<String> OURS =
            Optional.of(new Mark("trading-ecosystem", "exchange-OKX", "trading").text());
    static final Optional<String> BY_HAND = Optional.of("made by hand");

    private PlanFixture() {}

    static Plan plan(Collection<? extends Resource> live, Collection<? extends Resource> desired) {
        return planFor("exchange-OKX", live, desired);
    }

    static Plan planFor(
            String instance, Collection<? extends Resource> live, Collection<? extends Resource> desired) {
        State state = State.of(desired);
        Map<ResourceId, String> instances =
                state.resources().keySet().stream().collect(Collectors.toMap(id -> id, id -> instance));
        return Planner.plan(new Live(State.of(live), List.of()), new Desired(state, instances, HOUSE));
    }

    static SqlFile file(String name, String checksum) {
        return new SqlFile("okx", SqlScript.Name.parse(name).orElseThrow(), checksum);
    }

    static Schema schema(String owner, Optional<String> comment) {
        return new Schema("okx", owner, false, comment);
    }

    static SearchPath searchPath(List<String> path, String setting) {
        return new SearchPath("okx", "trading", path, setting);
    }

    static SchemaGrant grant(String grantee, Privilege... privileges) {
        return new SchemaGrant("okx", grantee, Set.of(privileges));
    }

    static DefaultPrivileges defaults(Privilege... privileges) {
        return new DefaultPrivileges("okx", "okx", ObjectKind.TABLE, "monitor", Set.of(privileges));
    }

    static ObjectGrants grants(Map<String, Set<Privilege>> lacking) {
        return new ObjectGrants("okx", ObjectKind.TABLE, "monitor", Set.of(Privilege.SELECT), lacking);
    }

    static Folder folder(int mode, boolean modeStays, String owner) {
        return new Folder(Path.of("/srv/okx"), Path.of("/srv"), mode, modeStays, Optional.ofNullable(owner));
    }
}
