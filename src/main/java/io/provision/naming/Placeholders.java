package io.provision.naming;

import io.provision.problem.Suggestion;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills the placeholders of one instance's overrides, and collects what cannot be filled. */
final class Placeholders {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)\\}");

    private static final List<String> NAMES = List.of("service", "instance", "stem", "entity");

    private final Identity identity;
    private final Stem stem;
    private final List<String> reasons;

    /** @param reasons receives a sentence for every placeholder that cannot be filled */
    Placeholders(Identity identity, Stem stem, List<String> reasons) {
        this.identity = identity;
        this.stem = stem;
        this.reasons = reasons;
    }

    /** For a schema or role, where the values are snaked and lowered; the text around them stays as written. */
    String identifier(String key, String template) {
        return fill(key, template, Spelling::identifier);
    }

    /** For a namespace or Redis user, where the values keep their hyphens and their case. */
    String verbatim(String key, String template) {
        return fill(key, template, UnaryOperator.identity());
    }

    private String fill(String key, String template, UnaryOperator<String> spelling) {
        return PLACEHOLDER.matcher(template).replaceAll(match -> {
            String name = match.group(1);
            Optional<String> value = value(name);
            if (value.isEmpty()) {
                reasons.add("`%s: %s` cannot be filled: %s".formatted(key, template, whyEmpty(name)));
            }
            return Matcher.quoteReplacement(spelling.apply(value.orElse("")));
        });
    }

    private Optional<String> value(String name) {
        return switch (name) {
            case "service" -> Optional.of(identity.service());
            case "instance" -> Optional.of(identity.instance());
            case "stem" -> Optional.of(stem.text());
            case "entity" -> stem.entity();
            default -> Optional.empty();
        };
    }

    private String whyEmpty(String name) {
        if (!NAMES.contains(name)) {
            return "there is no placeholder `{%s}`%s".formatted(name, Suggestion.nearest(name, NAMES)
                    .map(nearest -> ", did you mean `{" + nearest + "}`?")
                    .orElse("; there are `{service}`, `{instance}`, `{stem}` and `{entity}`"));
        }
        if (identity.singleton()) {
            return "`{entity}` is empty, because `%s` is a singleton: set the name without it for this instance"
                    .formatted(identity.instance());
        }
        return "`{entity}` is empty, because `%s` does not begin with its stem, `%s-`: set `stem:`, or the name without"
                        .formatted(identity.instance(), stem.text())
                + " `{entity}` for this instance";
    }
}
