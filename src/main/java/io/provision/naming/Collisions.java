package io.provision.naming;

import io.provision.naming.Collision.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds the instances that cannot stand beside each other ({@code naming.md}, "What names must satisfy"). Where many
 * want one thing, each of them is told of one other that it collides with, not of all: both the work and the list stay
 * proportional to the number of instances.
 */
public final class Collisions {

    private Collisions() {}

    /**
     * @param claims of all instances, in the manifest's order; instances' names are unique
     * @return by kind, and within one in the manifest's order; empty when all can stand together
     */
    public static List<Collision> among(List<Claim> claims) {
        List<Collision> found = new ArrayList<>();
        found.addAll(SharedNames.of(Kind.SCHEMA, schemas(claims)));
        found.addAll(SharedNames.of(Kind.ROLE, roles(claims)));
        found.addAll(SharedNames.of(Kind.REDIS_USER, redisUsers(claims)));
        found.addAll(SharedNames.of(Kind.DISCOVERY_KEY, wants(claims, claim -> claim.names().discoveryKey())));
        found.addAll(new NestedNamespaces(claims).collisions());
        found.addAll(new NestedFolders(claims).collisions());
        found.addAll(SharedNames.of(Kind.PORT, ports(claims)));
        return List.copyOf(found);
    }

    /**
     * Those of {@link #among} that one of some instances has a part in, without holding all others against each other.
     *
     * @param claims of all instances
     */
    public static List<Collision> with(Set<String> instances, List<Claim> claims) {
        Neighbours neighbours = new Neighbours(
                claims.stream().filter(claim -> instances.contains(claim.instance())).toList());
        List<Claim> near = new ArrayList<>();
        for (Claim claim : claims) {
            if (instances.contains(claim.instance()) || neighbours.has(claim)) {
                near.add(claim);
            }
        }
        return among(near).stream()
                .filter(found -> instances.contains(found.first()) || instances.contains(found.second()))
                .toList();
    }

    private static List<Want> schemas(List<Claim> claims) {
        List<Want> wants = new ArrayList<>();
        for (Claim claim : claims) {
            wants.add(Want.of(claim, claim.names().schema(), "schema"));
            claim.legacySchemas().forEach(legacy -> wants.add(Want.of(claim, legacy, "legacy schema")));
        }
        return wants;
    }

    private static List<Want> roles(List<Claim> claims) {
        return claims.stream()
                .map(claim -> Want.of(claim, claim.names().role(), "role").sharedOnPurposeBy(claim))
                .toList();
    }

    /** A role that is shared on purpose brings its Redis user with it. */
    private static List<Want> redisUsers(List<Claim> claims) {
        return claims.stream()
                .map(claim -> Want.of(claim, claim.names().redisUser(), "Redis user").sharedOnPurposeBy(claim))
                .toList();
    }

    private static List<Want> wants(List<Claim> claims, Function<Claim, String> name) {
        return claims.stream().map(claim -> Want.of(claim, name.apply(claim), "discovery key")).toList();
    }

    private static List<Want> ports(List<Claim> claims) {
        List<Want> wants = new ArrayList<>();
        for (Claim claim : claims) {
            addPort(claim, claim.httpPort(), "HTTP port", wants);
            addPort(claim, claim.grpcPort(), "gRPC port", wants);
        }
        return wants;
    }

    private static void addPort(Claim claim, OptionalInt port, String label, List<Want> wants) {
        port.ifPresent(number -> wants.add(Want.of(claim, Integer.toString(number), label)));
    }
}
