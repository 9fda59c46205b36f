package io.provision.journal;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.provision.plan.Distribution;
import io.provision.plan.Effect;
import io.provision.plan.Hazard;
import io.provision.plan.MigrationResource;
import io.provision.plan.Movable;
import io.provision.plan.PostgresResource;
import io.provision.plan.RedisResource;
import io.provision.plan.Resource;
import io.provision.plan.RolePassword;
import io.provision.plan.SameTexts;
import io.provision.plan.SqlFile;
import io.provision.plan.SqlObject;
import io.provision.plan.VolumeResource;
import io.provision.problem.ProvisionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Resources and changes as JSON, and back. The names of the types are part of the journal, and never change. */
final class ChangeJson {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .addModule(new SimpleModule().addDeserializer(String.class, new KnownText()))
            .addMixIn(Resource.class, Typed.class)
            .addMixIn(MigrationResource.Placement.class, PlacementNames.class)
            // Older journals lack what came later.
            .withConfigOverride(
                    List.class, lists -> lists.setSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)))
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    static {
        MAPPER.registerSubtypes(
                new NamedType(PostgresResource.Role.class, "role"),
                new NamedType(PostgresResource.Membership.class, "membership"),
                new NamedType(PostgresResource.SearchPath.class, "search_path"),
                new NamedType(PostgresResource.Schema.class, "schema"),
                new NamedType(PostgresResource.SchemaGrant.class, "schema_grant"),
                new NamedType(PostgresResource.DefaultPrivileges.class, "default_privileges"),
                new NamedType(PostgresResource.ObjectGrants.class, "object_grants"),
                new NamedType(SqlFile.class, "sql_file"),
                new NamedType(SqlObject.class, "sql_object"),
                new NamedType(Distribution.class, "distribution"),
                new NamedType(MigrationResource.Placement.class, "placement"),
                new NamedType(MigrationResource.SchemaAccess.class, "schema_access"),
                new NamedType(MigrationResource.SequenceUsage.class, "sequence_usage"),
                new NamedType(MigrationResource.CompatView.class, "compat_view"),
                new NamedType(RedisResource.ValidatedNamespace.class, "namespace"),
                new NamedType(RedisResource.AclUser.class, "acl_user"),
                new NamedType(RolePassword.class, "role_password"),
                new NamedType(RedisResource.UserPassword.class, "user_password"),
                new NamedType(VolumeResource.Folder.class, "folder"));
    }

    /** Types of resources that PostgreSQL alone has, and that a transaction brings whole or not at all. */
    static final List<String> TRANSACTIONAL = List.of(
            "role",
            "membership",
            "search_path",
            "schema",
            "schema_grant",
            "default_privileges",
            "object_grants",
            "sql_file",
            "sql_object",
            "distribution",
            "placement",
            "schema_access",
            "sequence_usage",
            "compat_view");

    private static final ObjectWriter RESOURCE = MAPPER.writerFor(Resource.class);
    private static final ObjectWriter HAZARDS = MAPPER.writerFor(new TypeReference<List<Hazard>>() {});

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    private interface Typed {}

    /** {@code type} says which resource it is. */
    private interface PlacementNames {
        @JsonProperty("movable")
        Movable type();
    }

    /** A text as the {@link SameTexts} of a {@link Reader} have it, where there is one. */
    private static final class KnownText extends StdScalarDeserializer<String> {

        private static final long serialVersionUID = 1;

        KnownText() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser json, DeserializationContext context) throws IOException {
            String text = StringDeserializer.instance.deserialize(json, context);
            return text != null && context.getAttribute(SameTexts.class) instanceof SameTexts texts
                    ? texts.one(text)
                    : text;
        }
    }

    /** Reads one thing after another, and keeps one of texts that are equal. */
    static final class Reader {

        private final ObjectReader resources;
        private final ObjectReader effects;

        Reader(SameTexts texts) {
            this.resources = MAPPER.readerFor(Resource.class).withAttribute(SameTexts.class, texts);
            this.effects = MAPPER.readerFor(Effect.class).withAttribute(SameTexts.class, texts);
        }

        /** @throws ProvisionException REFUSED where a newer version of the tool wrote what this one does not know */
        Optional<Resource> resource(Optional<String> json) {
            return json.map(text -> read(resources, text));
        }

        /** Texts, as the first journals had them, say too little to be counted. */
        List<Effect> effects(String json) {
            if (json.equals("[]")) {
                return List.of();
            }
            try {
                List<Effect> all = new ArrayList<>();
                for (JsonNode effect : MAPPER.readTree(json)) {
                    if (effect.isObject()) {
                        all.add(effects.readValue(effect));
                    }
                }
                return all;
            } catch (IOException e) {
                throw NewerJournal.holding(json, e);
            }
        }
    }

    private ChangeJson() {}

    static Optional<String> write(Optional<Resource> resource) {
        return resource.map(r -> {
            try {
                return RESOURCE.writeValueAsString(r);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a resource is always JSON", e);
            }
        });
    }

    /** @throws ProvisionException REFUSED where a newer version of the tool wrote what this one does not know */
    static Optional<Resource> read(Optional<String> json) {
        return json.map(text -> read(MAPPER.readerFor(Resource.class), text));
    }

    private static Resource read(ObjectReader reader, String json) {
        try {
            return reader.readValue(json);
        } catch (JsonProcessingException e) {
            throw NewerJournal.holding(json, e);
        }
    }

    static String writeHazards(List<Hazard> hazards) {
        try {
            return HAZARDS.writeValueAsString(hazards);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a hazard is always JSON", e);
        }
    }

    static List<ChangeEntry> readEntries(String json) {
        try {
            return MAPPER.readValue(json, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw NewerJournal.holding(json, e);
        }
    }
}
