package io.provision.manifest;

import static io.provision.manifest.Shapes.ANY_TEXT;
import static io.provision.manifest.Shapes.INSTANCE_NAME;
import static io.provision.manifest.Shapes.POSTGRES_URL;
import static io.provision.manifest.Shapes.REDIS_URL;
import static io.provision.manifest.Shapes.SERVICE_NAME;
import static io.provision.manifest.Shapes.TLS;
import static io.provision.manifest.Shapes.YES_NO;
import static io.provision.manifest.Shapes.fields;
import static io.provision.manifest.Shapes.secret;
import static io.provision.manifest.Shapes.text;

import io.provision.manifest.Shape.Choice;
import io.provision.manifest.Shape.Fields;
import io.provision.manifest.Shape.Joining;
import io.provision.manifest.Shape.Key;
import io.provision.manifest.Shape.Listing;
import io.provision.manifest.Shape.Table;
import java.util.List;
import java.util.stream.Stream;

/** Every key that a manifest knows, in one table ({@code manifest.md}): the reader and the JSON Schema follow it. */
final class Keys {

    static final Fields POSTGRES = fields(
            new Key("url", "Where PostgreSQL is: `embedded`, postgres://…, postgresql://… or jdbc:postgresql://…. "
                    + "Without it the PG* variables, service file and .pgpass count, as for psql.", POSTGRES_URL),
            new Key("service_url", "What the services are told, where that differs from `url`.",
                    secret("a PostgreSQL URL", "jdbc:postgresql:.+|postgres(ql)?(\\+[a-z0-9]+)?://.+")),
            new Key("distribute", "Whether instance schemas become Citus distributed schemas.", YES_NO)
                    .fallback("false"),
            new Key("journal_schema", "The schema of the tool's journal.", ANY_TEXT)
                    .fallback(PostgresSettings.DEFAULT_JOURNAL_SCHEMA),
            new Key("tls", "Files of the TLS connection.", TLS));

    static final Fields REDIS = fields(
            new Key("url", "Where Redis is: `embedded`, redis://…, rediss://…, redis+sentinel://h1,h2/master, or the "
                    + "list of a cluster's nodes.", REDIS_URL).mandatory(),
            new Key("service_url", "What the services are told, where that differs from `url`.",
                    secret("a Redis URL", "rediss?(\\+sentinel)?://.+")),
            new Key("acl", "Whether ACL users are made.", new Choice(List.of("on", "off"))).fallback("on"),
            new Key("commands", "Changes to the instance users' allowed commands, such as [+info, -scan].",
                    new Listing(text("a command with + or - before it", "[+-]@?[A-Za-z0-9_.|-]+"))).fallback("[]"),
            new Key("tls", "Files of the TLS connection.", TLS));

    static final Fields SETTINGS = new Fields(InstanceKeys.SETTINGS, Joining.KEY_BY_KEY);

    static final Fields INSTANCE = new Fields(
            Stream.concat(Stream.of(InstanceKeys.SERVICE), InstanceKeys.SETTINGS.stream()).toList(),
            Joining.KEY_BY_KEY);

    static final Fields ROOT = fields(
            new Key("ecosystem", "The ecosystem's name. What the tool makes is marked with it, so that staging and "
                    + "production on one server do not adopt each other's.",
                    text("a name of letters, digits, `_`, `.` and `-`", "[A-Za-z0-9][A-Za-z0-9_.-]{0,62}"))
                    .mandatory(),
            new Key("postgres", "The connection to PostgreSQL.", POSTGRES),
            new Key("redis", "The connection to Redis.", REDIS).mandatory(),
            new Key("defaults", "Settings of every instance; its service's and its own win.", SETTINGS),
            new Key("services", "The services, by name, with the settings that their instances share.",
                    new Table(SERVICE_NAME, List.of(), SETTINGS)),
            new Key("instances", "The instances, by name, with the settings of each. Adding one is one line.",
                    new Table(INSTANCE_NAME, List.of(), INSTANCE)).mandatory());

    private Keys() {}
}
