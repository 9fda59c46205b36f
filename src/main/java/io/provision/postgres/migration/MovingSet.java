package io.provision.postgres.migration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that moves, as far as is known yet, for all routes together. */
final class MovingSet {

    /** The relations that move, as a first CTE; bound to {@link #oids}, {@link #routes} and {@link #sources}. */
    static final String RELATIONS =
            """
            moving AS (
              SELECT m.oid, m.route, n.oid AS source
              FROM unnest(?::oid[], ?::integer[], ?::text[]) AS m (oid, route, schema)
              JOIN pg_namespace n ON n.nspname = m.schema
            )
            """;

    private final Map<Integer, Route> byNumber = new LinkedHashMap<>();
    private final Map<Long, Moving> relations = new LinkedHashMap<>();
    private final List<Moving> others = new ArrayList<>();

    MovingSet(Collection<Route> routes) {
        routes.forEach(route -> byNumber.put(route.number(), route));
    }

    void add(Moving object) {
        if (object.type().relation()) {
            relations.putIfAbsent(object.oid(), object);
        } else {
            others.add(object);
        }
    }

    /** It goes with another by itself. */
    void withdraw(long relation) {
        relations.remove(relation);
    }

    Route route(int number) {
        return byNumber.get(number);
    }

    Collection<Route> allRoutes() {
        return Collections.unmodifiableCollection(byNumber.values());
    }

    boolean isEmpty() {
        return relations.isEmpty() && others.isEmpty();
    }

    Optional<Moving> relation(long oid) {
        return Optional.ofNullable(relations.get(oid));
    }

    Collection<Moving> relations() {
        return Collections.unmodifiableCollection(relations.values());
    }

    List<Moving> all() {
        List<Moving> all = new ArrayList<>(relations.values());
        all.addAll(others);
        return all;
    }

    List<String> oids() {
        return relations.keySet().stream().map(String::valueOf).toList();
    }

    List<String> routes() {
        return relations.values().stream().map(m -> Integer.toString(m.route().number())).toList();
    }

    List<String> sources() {
        return relations.values().stream().map(m -> m.route().from()).toList();
    }
}
