package io.provision.redis;

import io.provision.plan.acl.AclRules;
import io.provision.plan.acl.AclRules.Login;
import io.provision.plan.acl.PatternText;
import io.provision.plan.acl.Permission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import redis.clients.jedis.util.KeyValue;

/**
 * What a server says of a user ({@code ACL GETUSER}). 6.2 lists the patterns without their signs and has a flag for all
 * of them; 7.0 writes them out, and adds selectors. RESP2 has a list where RESP3 has a map.
 *
 * @param passwords what the server keeps of them
 */
record AclAnswer(AclRules rules, List<PasswordHash> passwords) {

    AclAnswer {
        passwords = List.copyOf(passwords);
    }

    /** @param reply as it came; empty where there is no such user */
    static Optional<AclAnswer> of(Object reply) {
        Map<String, Object> fields = fields(reply);
        return fields.isEmpty() ? Optional.empty() : Optional.of(read(fields));
    }

    /**
     * The same with words that others have as well: a thousand users are allowed the same, in a thousand letters.
     *
     * @param wordings those that are known; gets these where they are not
     */
    AclAnswer sharing(Map<String, String> wordings) {
        List<Permission> permissions = rules.permissions().stream()
                .map(own -> new Permission(
                        wordings.computeIfAbsent(own.commands(), words -> words), own.keys(), own.channels()))
                .toList();
        return new AclAnswer(new AclRules(rules.on(), rules.login(), rules.sanitized(), permissions), passwords);
    }

    private static AclAnswer read(Map<String, Object> fields) {
        List<String> flags = texts(fields.get("flags"));
        List<String> hashes = texts(fields.get("passwords"));
        List<Permission> permissions = new ArrayList<>();
        permissions.add(permission(fields));
        if (fields.get("selectors") instanceof List<?> selectors) {
            selectors.forEach(selector -> permissions.add(permission(fields(selector))));
        }
        boolean sanitized = !flags.contains("skip-sanitize-payload");
        return new AclAnswer(
                new AclRules(flags.contains("on"), login(flags, hashes), sanitized, permissions),
                hashes.stream().map(PasswordHash::new).toList());
    }

    private static Login login(List<String> flags, List<String> hashes) {
        if (flags.contains("nopass")) {
            return Login.ANYTHING;
        }
        return hashes.isEmpty() ? Login.NOTHING : Login.PASSWORD;
    }

    private static Permission permission(Map<String, Object> fields) {
        return new Permission(
                text(fields.get("commands")),
                patterns(fields.get("keys"), "~"),
                patterns(fields.get("channels"), "&"));
    }

    /** A pattern has no white space in it: a server refuses such. */
    private static List<String> patterns(Object field, String sign) {
        if (field instanceof List<?>) {
            return texts(field).stream().map(pattern -> sign + pattern).toList();
        }
        String text = text(field).strip();
        return text.isEmpty() ? List.of() : List.of(text.split(" +"));
    }

    private static Map<String, Object> fields(Object reply) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (reply instanceof Map<?, ?> map) {
            map.forEach((name, value) -> fields.put(text(name), value));
        } else if (reply instanceof List<?> list && !list.isEmpty() && list.get(0) instanceof KeyValue) {
            for (Object entry : list) {
                KeyValue<?, ?> field = (KeyValue<?, ?>) entry;
                fields.put(text(field.getKey()), field.getValue());
            }
        } else if (reply instanceof List<?> list) {
            for (int i = 0; i + 1 < list.size(); i += 2) {
                fields.put(text(list.get(i)), list.get(i + 1));
            }
        }
        return fields;
    }

    private static List<String> texts(Object field) {
        return field instanceof Iterable<?> all ? stream(all) : List.of();
    }

    private static List<String> stream(Iterable<?> all) {
        List<String> texts = new ArrayList<>();
        all.forEach(one -> texts.add(text(one)));
        return texts;
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? PatternText.of(bytes) : Objects.toString(value, "");
    }
}
