package io.provision.naming;

import java.util.Objects;
import java.util.Optional;

/**
 * What a service's instances have in common, and which of them one is ({@code naming.md}, {@code component}).
 *
 * @param text the stem itself
 * @param entity what follows the stem and its hyphen; empty for a singleton, and where the name does not begin so
 */
record Stem(String text, Optional<String> entity) {

    Stem {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(entity, "entity");
    }

    /** @param said the manifest's {@code stem:} */
    static Stem of(Identity identity, Optional<String> said) {
        String text = said.orElseGet(() -> derived(identity));
        return new Stem(text, identity.singleton() ? Optional.empty() : entity(identity.instance(), text));
    }

    /** The service without its last segment; a service of one segment as it is. */
    static String shortened(String service) {
        int lastHyphen = service.lastIndexOf('-');
        return lastHyphen < 0 ? service : service.substring(0, lastHyphen);
    }

    private static String derived(Identity identity) {
        String service = identity.service();
        return identity.instance().startsWith(service + "-") ? service : shortened(service);
    }

    private static Optional<String> entity(String instance, String stem) {
        String beginning = stem + "-";
        return instance.startsWith(beginning) && instance.length() > beginning.length()
                ? Optional.of(instance.substring(beginning.length()))
                : Optional.empty();
    }
}
