package io.provision.manifest;

import static io.provision.manifest.Shapes.ANY_TEXT;
import static io.provision.manifest.Shapes.FOLDER;
import static io.provision.manifest.Shapes.INSTANCE_NAME;
import static io.provision.manifest.Shapes.LINE;
import static io.provision.manifest.Shapes.MODE;
import static io.provision.manifest.Shapes.PASSWORD;
import static io.provision.manifest.Shapes.PATH;
import static io.provision.manifest.Shapes.PORT;
import static io.provision.manifest.Shapes.ROOT;
import static io.provision.manifest.Shapes.RULE;
import static io.provision.manifest.Shapes.SERVICE_NAME;
import static io.provision.manifest.Shapes.TABLE;
import static io.provision.manifest.Shapes.VARIABLE;
import static io.provision.manifest.Shapes.YES_NO;
import static io.provision.manifest.Shapes.fields;
import static io.provision.manifest.Shapes.text;

import io.provision.manifest.Shape.Choice;
import io.provision.manifest.Shape.Either;
import io.provision.manifest.Shape.Fields;
import io.provision.manifest.Shape.Joining;
import io.provision.manifest.Shape.Key;
import io.provision.manifest.Shape.Listing;
import io.provision.manifest.Shape.Table;
import java.util.List;

/** The part of {@link Keys} that {@code manifest.md} calls "Settings of an instance". */
final class InstanceKeys {

    static final Key SERVICE = new Key("service", "The service it is an instance of. May be left out when the "
            + "instance is named as its service, or when exactly one service's stem fits its name.", SERVICE_NAME);

    /** What the tool itself says in the rendered environment ({@code volumes-and-render.md}). */
    static final List<String> OWN_VARIABLES = List.of("SERVICE_NAME", "SERVICE_INSTANCE_NAME", "SCHEMA_NAME",
            "REDIS_NAMESPACE", "HTTP_PORT", "GRPC_PORT", "POSTGRES_URL", "REDIS_URL");

    /** Of these, what it says behind the adapter's prefix as well. */
    static final List<String> OWN_VARIABLES_OF_ADAPTER = List.of("SERVICE_NAME", "SERVICE_INSTANCE_NAME",
            "SCHEMA_NAME", "REDIS_NAMESPACE", "POSTGRES_URL", "REDIS_URL");

    /** What the tool itself says in the rendered Prometheus targets. */
    static final List<String> OWN_LABELS = List.of("service", "instance_name", "service_type");

    private static final Fields ADAPTER = new Fields(List.of(
            new Key("rule", "The rule that the adapter follows.", RULE),
            new Key("env_prefix", "What stands before SCHEMA_NAME and REDIS_NAMESPACE in its environment "
                    + "(python-data-adapter).", VARIABLE)), Joining.NEW_WITH_FIRST_KEY);

    private static final Fields READER = fields(
            new Key("password", "Where the reader's password comes from.", PASSWORD));

    private static final Fields MIGRATE = fields(
            new Key("tables", "The tables of public that move into the schema: names, or globs with * and ?. "
                    + "A name may also be that of a view or sequence, and name() that of a function of triggers.",
                    new Listing(TABLE)).fallback("[]"),
            new Key("views", "`compat` leaves an updatable view of each table in public.",
                    new Choice(List.of("none", "compat"))).fallback("none"),
            new Key("owner", "Who owns the tables afterwards: whoever did (`keep`), or the instance's role.",
                    new Choice(List.of("keep", "role"))).fallback("keep"));

    private static final Fields VOLUMES = fields(
            new Key("root", "The folder that holds a folder for each instance.", ROOT).fallback("./volumes"),
            new Key("dirs", "The folders of an instance.", new Listing(FOLDER)).fallback("[data, logs]"),
            new Key("mode", "Their permissions, octal.", MODE).fallback("0750"),
            new Key("owner", "Their owner, as uid:gid or names.",
                    text("an owner as user:group or uid:gid",
                            "[A-Za-z0-9_][A-Za-z0-9_.-]*:[A-Za-z0-9_][A-Za-z0-9_.-]*")),
            new Key("mount", "Their places in the container.",
                    new Table(FOLDER, List.of(), text("an absolute path in the container", "/[^\\u0000-\\u001f:]*")))
                    .fallback("{data: /app/data, logs: /app/logs}"));

    private static final Fields PORTS = fields(
            new Key("http", "The host's port for HTTP; in the container it is 8080.", PORT),
            new Key("grpc", "The host's port for gRPC; in the container it is 50051.", PORT));

    static final List<Key> SETTINGS = List.of(
            new Key("naming", "The naming rule that schema and namespace are derived by.", RULE).fallback("component"),
            new Key("adapter", "What the service's data adapter computes at run time; the same as `naming` unless "
                    + "said.", new Either(List.of(RULE, ADAPTER))),
            new Key("stem", "What the names of the service's instances have in common.", INSTANCE_NAME),
            new Key("schema", "PostgreSQL schema, over the derived one. {service}, {instance}, {stem} and {entity} "
                    + "are filled in.", ANY_TEXT),
            new Key("namespace", "Redis namespace, over the derived one; placeholders as in `schema`.", ANY_TEXT),
            new Key("role", "PostgreSQL role, over the derived one; placeholders as in `schema`.", ANY_TEXT),
            new Key("redis_user", "Redis user, over the derived one; placeholders as in `schema`.", ANY_TEXT),
            new Key("shares_namespace_with", "Instances whose keys this one may own too.",
                    new Listing(INSTANCE_NAME)).fallback("[]"),
            new Key("owner", "Who owns the schema: the instance's role, or the login that provisions.",
                    new Choice(List.of("role", "admin"))).fallback("role"),
            new Key("legacy_schemas", "Further schemas that the role keeps using.", new Listing(ANY_TEXT))
                    .fallback("[]"),
            new Key("legacy_namespaces", "Further key prefixes that its Redis user may use.", new Listing(ANY_TEXT))
                    .fallback("[]"),
            new Key("readers", "Roles that may read everything in the schema, now and later: a list of names, or a "
                    + "map from name to {password: …}.",
                    new Either(List.of(
                            new Listing(ANY_TEXT),
                            new Table(text("a role's name", ".+"), List.of(), READER))))
                    .fallback("[]"),
            new Key("password", "Where the role's and the Redis user's passwords come from.", PASSWORD),
            new Key("postgres_password", "Where the role's password comes from, over `password`.", PASSWORD),
            new Key("redis_password", "Where the Redis user's password comes from, over `password`.", PASSWORD),
            new Key("migrate", "What moves out of the schema public.", MIGRATE),
            new Key("sql", "A folder of versioned SQL files that are run inside the schema.", PATH),
            new Key("volumes", "The instance's folders.", VOLUMES),
            new Key("ports", "The host's ports.", PORTS),
            new Key("compose_service", "Its name in the compose file, and so its host name; the instance's name in "
                    + "lower case unless said.", text("a compose service's name", "[a-zA-Z0-9._-]+")),
            new Key("labels", "Further Prometheus labels, such as entity_type.",
                    new Table(text("a label of letters, digits and `_`, not beginning with `__`",
                            "(_?[a-zA-Z][a-zA-Z0-9_]*|_[0-9][a-zA-Z0-9_]*|_)"), OWN_LABELS, LINE)),
            new Key("environment", "Further variables for the rendered environment.",
                    new Table(VARIABLE, OWN_VARIABLES, LINE)),
            new Key("protect", "Whether rollback refuses it unless told --unprotect NAME.", YES_NO).fallback("false"));

    private InstanceKeys() {}
}
