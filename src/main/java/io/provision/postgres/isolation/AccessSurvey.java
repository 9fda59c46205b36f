package io.provision.postgres.isolation;

import io.provision.postgres.Session;
import io.provision.postgres.Sql;
import io.provision.postgres.isolation.Exposure.Door;
import io.provision.postgres.isolation.PublicSchemaQuery.Creator;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * What anybody can do with what is an instance's, as the catalogs have it.
 *
 * @param exposures each of one grantee; who can act as the grantee is for the reader to work out
 * @param warnings what opens nothing, or is meant
 */
public record AccessSurvey(List<Exposure> exposures, List<String> warnings) {

    public AccessSurvey {
        exposures = List.copyOf(exposures);
        warnings = List.copyOf(warnings);
    }

    /**
     * Asks a constant number of queries.
     *
     * @param reach every role whose rights some instance has, or can get
     * @param admin who makes things in every instance's schema, beside the instance's role
     */
    public static AccessSurvey of(Session session, Collection<Tenant> all, Set<String> reach, String admin) {
        Tenants tenants = new Tenants(all, reach);
        List<Exposure> exposures = new ArrayList<>(new ObjectAccessQuery(session, tenants).exposures());
        List<String> opened = exposures.stream()
                .filter(exposure -> exposure.door() == Door.OPENS)
                .map(Exposure::schema)
                .distinct()
                .toList();
        RoutineAccessQuery routines = new RoutineAccessQuery(session, tenants);
        exposures.addAll(routines.inside(opened));
        exposures.addAll(routines.definers());
        exposures.addAll(new FutureAccessQuery(session, tenants, admin).exposures());
        exposures.addAll(new IndirectAccessQuery(session, tenants).exposures());
        exposures.addAll(new CrossReferencesQuery(session, tenants).exposures());
        exposures.addAll(new SearchPathsQuery(session, tenants, all).exposures());
        List<String> warnings = new ArrayList<>();
        for (Creator creator : new PublicSchemaQuery(session, tenants, all).creators()) {
            if (creator.asMade() || creator.forMoves()) {
                warnings.add(warning(creator));
            } else {
                exposures.add(creator.exposure());
            }
        }
        warnings.addAll(new OutsidersQuery(session, tenants, all).sentences());
        warnings.addAll(new HiddenRowsQuery(session, all).sentences());
        warnings.addAll(new OthersDefinersQuery(session, tenants).sentences());
        return new AccessSurvey(exposures, warnings);
    }

    private static String warning(Creator creator) {
        return "%s %s (%s); close it with: %s".formatted(
                Sql.grantee(creator.exposure().grantee()),
                creator.exposure().how(),
                creator.asMade()
                        ? "every new database before PostgreSQL 15 is so"
                        : "what moved out of public could not go back without it",
                String.join(" ", creator.exposure().remedies()));
    }
}
