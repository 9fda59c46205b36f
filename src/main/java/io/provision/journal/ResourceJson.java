package io.provision.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.provision.plan.Distribution;
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
import io.provision.plan.SqlFile;
import io.provision.plan.SqlScript;
import io.provision.plan.VolumeResource.Folder;
import io.provision.plan.acl.AclRules;
import io.provision.plan.acl.Permission;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What a manifest asks for, token by token, as {@link ChangeJson} writes it, to the byte. */
final class ResourceJson {

    private final JsonGenerator json;

    private ResourceJson(JsonGenerator json) {
        this.json = json;
    }

    /** Of any resource. */
    static void write(JsonGenerator json, Resource resource) throws IOException {
        if (!writeWanted(json, resource)) {
            json.writeRawValue(ChangeJson.write(Optional.of(resource)).orElseThrow());
        }
    }

    /** @return false, and nothing is written, for what no manifest asks for */
    static boolean writeWanted(JsonGenerator json, Resource resource) throws IOException {
        return new ResourceJson(json).writeWanted(resource);
    }

    private boolean writeWanted(Resource resource) throws IOException {
        if (resource instanceof Role role) {
            type("role").text("name", role.name()).text("comment", role.comment());
        } else if (resource instanceof Membership membership) {
            type("membership").text("role", membership.role()).text("member", membership.member())
                    .truth("inherit", membership.inherit()).truth("set", membership.set());
        } else if (resource instanceof SearchPath path) {
            type("search_path").text("role", path.role()).text("database", path.database())
                    .texts("path", path.path()).text("setting", path.setting());
        } else if (resource instanceof Schema schema && schema.regrants().isEmpty()) {
            type("schema").text("name", schema.name()).text("owner", schema.owner())
                    .truth("ownerStays", schema.ownerStays()).text("comment", schema.comment())
                    .texts("regrants", List.of());
        } else if (resource instanceof SchemaGrant grant) {
            type("schema_grant").text("schema", grant.schema()).text("grantee", grant.grantee())
                    .privileges(grant.privileges());
        } else if (resource instanceof DefaultPrivileges defaults) {
            type("default_privileges").text("schema", defaults.schema()).text("creator", defaults.creator())
                    .text("objects", defaults.objects().name()).text("grantee", defaults.grantee())
                    .privileges(defaults.privileges());
        } else if (resource instanceof SqlFile file) {
            type("sql_file").text("schema", file.schema()).name(file.name()).text("checksum", file.checksum());
        } else if (resource instanceof Folder folder) {
            type("folder").text("path", folder.path().toUri().toString())
                    .text("root", folder.root().toUri().toString()).number("mode", folder.mode())
                    .truth("modeStays", folder.modeStays()).text("owner", folder.owner());
        } else if (resource instanceof AclUser user) {
            type("acl_user").text("name", user.name()).text("node", user.node()).rules(user.rules());
        } else if (resource instanceof ValidatedNamespace namespace) {
            type("namespace").text("namespace", namespace.namespace());
        } else if (resource instanceof Distribution distribution) {
            type("distribution").text("schema", distribution.schema());
        } else {
            return false;
        }
        json.writeEndObject();
        return true;
    }

    private ResourceJson type(String type) throws IOException {
        json.writeStartObject();
        return text("type", type);
    }

    private ResourceJson name(SqlScript.Name name) throws IOException {
        json.writeObjectFieldStart("name");
        text("file", name.file());
        json.writeArrayFieldStart("version");
        for (Long number : name.version()) {
            json.writeNumber(number);
        }
        json.writeEndArray();
        json.writeEndObject();
        return this;
    }

    private void rules(AclRules rules) throws IOException {
        json.writeObjectFieldStart("rules");
        truth("on", rules.on()).text("login", rules.login().name()).truth("sanitized", rules.sanitized());
        json.writeArrayFieldStart("permissions");
        for (Permission permission : rules.permissions()) {
            json.writeStartObject();
            text("commands", permission.commands()).texts("keys", permission.keys())
                    .texts("channels", permission.channels());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void privileges(Collection<Privilege> privileges) throws IOException {
        json.writeArrayFieldStart("privileges");
        for (Privilege privilege : privileges) {
            json.writeString(privilege.name());
        }
        json.writeEndArray();
    }

    private ResourceJson texts(String name, Collection<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
        return this;
    }

    private ResourceJson text(String name, Optional<String> text) throws IOException {
        return text(name, text.orElse(null));
    }

    private ResourceJson text(String name, String text) throws IOException {
        json.writeStringField(name, text);
        return this;
    }

    private ResourceJson truth(String name, boolean truth) throws IOException {
        json.writeBooleanField(name, truth);
        return this;
    }

    private ResourceJson number(String name, int number) throws IOException {
        json.writeNumberField(name, number);
        return this;
    }
}
