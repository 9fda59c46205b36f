package io.provision.journal;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
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
import java.util.Collection;
import java.util.Optional;

/**
 * What a manifest asks for, as {@link ChangeJson} writes it, to the byte. Without an object mapper: to
 * load its five hundred classes takes longer than to write ten thousand resources.
 */
final class ResourceJson {

    private final StringBuilder json;

    private ResourceJson(StringBuilder json, String type) {
        this.json = json.append("{\"type\":\"").append(type).append('"');
    }

    /** Of any resource. */
    static String write(Resource resource) {
        StringBuilder json = new StringBuilder();
        append(json, resource);
        return json.toString();
    }

    /** Of any resource. */
    static void append(StringBuilder json, Resource resource) {
        if (!appendWanted(json, resource)) {
            json.append(ChangeJson.write(Optional.of(resource)).orElseThrow());
        }
    }

    /** @return false, and nothing is appended, for what no manifest asks for */
    static boolean appendWanted(StringBuilder json, Resource resource) {
        if (resource instanceof Role role) {
            return new ResourceJson(json, "role").text("name", role.name()).text("comment", role.comment()).whole();
        }
        if (resource instanceof Membership membership) {
            return new ResourceJson(json, "membership").text("role", membership.role())
                    .text("member", membership.member()).bare("inherit", membership.inherit())
                    .bare("set", membership.set()).whole();
        }
        if (resource instanceof SearchPath path) {
            return new ResourceJson(json, "search_path").text("role", path.role()).text("database", path.database())
                    .texts("path", path.path()).text("setting", path.setting()).whole();
        }
        if (resource instanceof Schema schema && schema.regrants().isEmpty()) {
            return new ResourceJson(json, "schema").text("name", schema.name()).text("owner", schema.owner())
                    .bare("ownerStays", schema.ownerStays()).text("comment", schema.comment()).bare("regrants", "[]")
                    .whole();
        }
        if (resource instanceof SchemaGrant grant) {
            return new ResourceJson(json, "schema_grant").text("schema", grant.schema())
                    .text("grantee", grant.grantee()).privileges(grant.privileges()).whole();
        }
        if (resource instanceof DefaultPrivileges defaults) {
            return new ResourceJson(json, "default_privileges").text("schema", defaults.schema())
                    .text("creator", defaults.creator()).text("objects", defaults.objects().name())
                    .text("grantee", defaults.grantee()).privileges(defaults.privileges()).whole();
        }
        if (resource instanceof SqlFile file) {
            return new ResourceJson(json, "sql_file").text("schema", file.schema()).name(file.name())
                    .text("checksum", file.checksum()).whole();
        }
        if (resource instanceof Folder folder) {
            return new ResourceJson(json, "folder").text("path", folder.path().toUri().toString())
                    .text("root", folder.root().toUri().toString()).bare("mode", folder.mode())
                    .bare("modeStays", folder.modeStays()).text("owner", folder.owner()).whole();
        }
        if (resource instanceof AclUser user) {
            return new ResourceJson(json, "acl_user").text("name", user.name()).text("node", user.node())
                    .rules(user.rules()).whole();
        }
        if (resource instanceof ValidatedNamespace namespace) {
            return new ResourceJson(json, "namespace").text("namespace", namespace.namespace()).whole();
        }
        return resource instanceof Distribution distribution
                && new ResourceJson(json, "distribution").text("schema", distribution.schema()).whole();
    }

    private ResourceJson name(SqlScript.Name name) {
        key("name").append("{\"file\":");
        quote(json, name.file());
        json.append(",\"version\":[");
        String between = "";
        for (Long number : name.version()) {
            json.append(between).append(number);
            between = ",";
        }
        json.append("]}");
        return this;
    }

    private ResourceJson rules(AclRules rules) {
        key("rules").append("{\"on\":").append(rules.on()).append(",\"login\":\"").append(rules.login().name())
                .append("\",\"sanitized\":").append(rules.sanitized()).append(",\"permissions\":[");
        String between = "";
        for (Permission permission : rules.permissions()) {
            json.append(between).append("{\"commands\":");
            quote(json, permission.commands());
            json.append(",\"keys\":");
            array(permission.keys());
            json.append(",\"channels\":");
            array(permission.channels());
            json.append('}');
            between = ",";
        }
        json.append("]}");
        return this;
    }

    private boolean whole() {
        json.append('}');
        return true;
    }

    private ResourceJson privileges(Collection<Privilege> privileges) {
        key("privileges").append('[');
        String between = "\"";
        for (Privilege privilege : privileges) {
            json.append(between).append(privilege.name()).append('"');
            between = ",\"";
        }
        json.append(']');
        return this;
    }

    private ResourceJson texts(String name, Collection<String> texts) {
        key(name);
        array(texts);
        return this;
    }

    private void array(Collection<String> texts) {
        json.append('[');
        String between = "";
        for (String text : texts) {
            quote(json.append(between), text);
            between = ",";
        }
        json.append(']');
    }

    private ResourceJson text(String name, Optional<String> text) {
        return text.isPresent() ? text(name, text.get()) : bare(name, "null");
    }

    private ResourceJson text(String name, String text) {
        quote(key(name), text);
        return this;
    }

    private ResourceJson bare(String name, Object value) {
        key(name).append(value);
        return this;
    }

    private StringBuilder key(String name) {
        return json.append(",\"").append(name).append("\":");
    }

    static String quoted(String text) {
        StringBuilder json = new StringBuilder(text.length() + 2);
        quote(json, text);
        return json.toString();
    }

    private static void quote(StringBuilder json, String text) {
        json.append('"');
        if (isPlain(text)) {
            json.append(text);
        } else {
            JsonStringEncoder.getInstance().quoteAsString(text, json);
        }
        json.append('"');
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }
}
