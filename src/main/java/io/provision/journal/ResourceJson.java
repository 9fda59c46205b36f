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
import io.provision.plan.VolumeResource.Folder;
import io.provision.plan.acl.AclRules;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a manifest asks for, as {@link ChangeJson} writes it, to the byte. Without an object mapper: to
 * load its five hundred classes takes longer than to write ten thousand resources.
 */
final class ResourceJson {

    private final StringBuilder json = new StringBuilder();

    private ResourceJson(String type) {
        json.append("{\"type\":\"").append(type).append('"');
    }

    /** @return empty for what no manifest asks for */
    static Optional<String> of(Resource resource) {
        if (resource instanceof Role role) {
            return new ResourceJson("role").text("name", role.name()).text("comment", role.comment()).whole();
        }
        if (resource instanceof Membership membership) {
            return new ResourceJson("membership").text("role", membership.role()).text("member", membership.member())
                    .bare("inherit", membership.inherit()).bare("set", membership.set()).whole();
        }
        if (resource instanceof SearchPath path) {
            return new ResourceJson("search_path").text("role", path.role()).text("database", path.database())
                    .texts("path", path.path()).text("setting", path.setting()).whole();
        }
        if (resource instanceof Schema schema && schema.regrants().isEmpty()) {
            return new ResourceJson("schema").text("name", schema.name()).text("owner", schema.owner())
                    .bare("ownerStays", schema.ownerStays()).text("comment", schema.comment()).bare("regrants", "[]")
                    .whole();
        }
        if (resource instanceof SchemaGrant grant) {
            return new ResourceJson("schema_grant").text("schema", grant.schema()).text("grantee", grant.grantee())
                    .privileges(grant.privileges()).whole();
        }
        if (resource instanceof DefaultPrivileges defaults) {
            return new ResourceJson("default_privileges").text("schema", defaults.schema())
                    .text("creator", defaults.creator()).text("objects", defaults.objects().name())
                    .text("grantee", defaults.grantee()).privileges(defaults.privileges()).whole();
        }
        if (resource instanceof SqlFile file) {
            String version = file.name().version().stream().map(String::valueOf).collect(Collectors.joining(","));
            return new ResourceJson("sql_file").text("schema", file.schema())
                    .bare("name", "{\"file\":" + quoted(file.name().file()) + ",\"version\":[" + version + "]}")
                    .text("checksum", file.checksum()).whole();
        }
        if (resource instanceof Folder folder) {
            return new ResourceJson("folder").text("path", folder.path().toUri().toString())
                    .text("root", folder.root().toUri().toString()).bare("mode", folder.mode())
                    .bare("modeStays", folder.modeStays()).text("owner", folder.owner()).whole();
        }
        if (resource instanceof AclUser user) {
            return new ResourceJson("acl_user").text("name", user.name()).text("node", user.node())
                    .bare("rules", rules(user.rules())).whole();
        }
        if (resource instanceof ValidatedNamespace namespace) {
            return new ResourceJson("namespace").text("namespace", namespace.namespace()).whole();
        }
        return resource instanceof Distribution distribution
                ? new ResourceJson("distribution").text("schema", distribution.schema()).whole()
                : Optional.empty();
    }

    /** Of any resource. */
    static String write(Resource resource) {
        return of(resource).orElseGet(() -> ChangeJson.write(Optional.of(resource)).orElseThrow());
    }

    private static String rules(AclRules rules) {
        String permissions = rules.permissions().stream()
                .map(permission -> "{\"commands\":" + quoted(permission.commands())
                        + ",\"keys\":" + array(permission.keys())
                        + ",\"channels\":" + array(permission.channels()) + "}")
                .collect(Collectors.joining(",", "[", "]"));
        return "{\"on\":" + rules.on() + ",\"login\":\"" + rules.login().name() + "\",\"sanitized\":"
                + rules.sanitized() + ",\"permissions\":" + permissions + "}";
    }

    private Optional<String> whole() {
        return Optional.of(json.append('}').toString());
    }

    private ResourceJson privileges(Collection<Privilege> privileges) {
        return texts("privileges", privileges.stream().map(Privilege::name).toList());
    }

    private ResourceJson texts(String name, Collection<String> texts) {
        return bare(name, array(texts));
    }

    private static String array(Collection<String> texts) {
        return texts.stream().map(ResourceJson::quoted).collect(Collectors.joining(",", "[", "]"));
    }

    private ResourceJson text(String name, Optional<String> text) {
        return bare(name, text.map(ResourceJson::quoted).orElse("null"));
    }

    private ResourceJson text(String name, String text) {
        return bare(name, quoted(text));
    }

    private ResourceJson bare(String name, Object value) {
        json.append(",\"").append(name).append("\":").append(value);
        return this;
    }

    static String quoted(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
            }
        }
        return '"' + text + '"';
    }
}
