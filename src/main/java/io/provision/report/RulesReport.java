package io.provision.report;

import io.provision.naming.Derivation;
import io.provision.naming.Identity;
import io.provision.naming.Names;
import io.provision.naming.NamingRule;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** What every rule derives for an instance, beside what is provisioned ({@code derive --all-rules}). */
public final class RulesReport {

    /**
     * @param naming the rule that the instance follows
     * @param provisioned the names that the manifest gives it, if it can
     * @param byRule what each rule derives, the manifest's overrides left out
     */
    public record Comparison(
            Identity identity, NamingRule naming, Derivation provisioned, Map<NamingRule, Derivation> byRule) {

        public Comparison {
            Objects.requireNonNull(identity, "identity");
            Objects.requireNonNull(naming, "naming");
            Objects.requireNonNull(provisioned, "provisioned");
            byRule = Collections.unmodifiableMap(new LinkedHashMap<>(byRule));
        }
    }

    private static final String MARK = " *";
    private static final String NONE = "none";

    private final List<Comparison> comparisons;

    public RulesReport(List<Comparison> comparisons) {
        this.comparisons = List.copyOf(comparisons);
    }

    public String text(int columns, Palette palette) {
        TextTable table = new TextTable("INSTANCE", "RULE", "SCHEMA", "NAMESPACE");
        for (Comparison comparison : comparisons) {
            Derivation provisioned = comparison.provisioned();
            table.row(comparison.identity().instance(), "(provisioned)",
                    schema(provisioned).orElse(NONE), namespace(provisioned).orElse(NONE));
            comparison.byRule().forEach((rule, derivation) -> table.row("", rule.id(),
                    marked(schema(derivation), schema(provisioned), palette),
                    marked(namespace(derivation), namespace(provisioned), palette)));
        }
        return table.render(columns, TextTable.Narrow.STACK, palette) + "\n* differs from what is provisioned\n";
    }

    private static String marked(Optional<String> name, Optional<String> provisioned, Palette palette) {
        return name.equals(provisioned) ? name.orElse(NONE) : palette.warning(name.orElse(NONE) + MARK);
    }

    private static Optional<String> schema(Derivation derivation) {
        return names(derivation).map(Names::schema);
    }

    private static Optional<String> namespace(Derivation derivation) {
        return names(derivation).map(Names::namespace);
    }

    private static Optional<Names> names(Derivation derivation) {
        return derivation instanceof Derivation.Derived derived ? Optional.of(derived.names()) : Optional.empty();
    }

    public Document document() {
        return new Document().put("instances", comparisons.stream().map(RulesReport::document).toList());
    }

    private static Document document(Comparison comparison) {
        Derivation provisioned = comparison.provisioned();
        Document rules = new Document();
        comparison.byRule().forEach((rule, derivation) -> rules.put(rule.id(), document(derivation, provisioned)));
        return new Document()
                .put("instance", comparison.identity().instance())
                .put("service", comparison.identity().service())
                .put("singleton", comparison.identity().singleton())
                .put("naming", comparison.naming().id())
                .put("schema", schema(provisioned))
                .put("namespace", namespace(provisioned))
                .put("rules", rules);
    }

    private static Document document(Derivation derivation, Derivation provisioned) {
        Document document = new Document()
                .put("schema", schema(derivation))
                .put("namespace", namespace(derivation))
                .put("agrees", schema(derivation).equals(schema(provisioned))
                        && namespace(derivation).equals(namespace(provisioned)));
        return derivation instanceof Derivation.Impossible impossible
                ? document.put("reasons", impossible.reasons())
                : document;
    }
}
