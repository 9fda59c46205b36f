package io.provision.manifest;

import java.util.OptionalInt;

/** The host's ports; in the container they are always 8080 and 50051. */
public record Ports(OptionalInt http, OptionalInt grpc) {

    public static final Ports NONE = new Ports(OptionalInt.empty(), OptionalInt.empty());
}
