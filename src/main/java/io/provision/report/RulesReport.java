package io.provision.report;

import io.provision.naming.Derivation;
import io.provision.naming.Names;
import io.provision.naming.NamingRule;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What every rule derives for an instance, beside what is provisioned ({@code derive --all-rules}). */
public final class RulesReport {

    /**
     * @param provisioned the names that the manifest gives it
     * @param byRule what each rule derives, overrides left out
     */
    public record Comparison(DerivedInstance provisioned, Map<NamingRule, Derivation> byRule) {

        public Comparison {
            Objects.requireNonNull(provisioned, "provisioned");
            byRule = Collections.unmodifiableMap(new LinkedHashMap<>(byRule));
        }
    }

    private static final String MARK = " *";

    private final List<Comparison> comparisons;

    public RulesReport(List<Comparison> comparisons) {
        this.comparisons = List.copyOf(comparisons);
    }

    public String text(int columns, Palette palette) {
        TextTable table = new TextTable("INSTANCE", "RULE", "SCHEMA", "NAMESPACE");
        for (Comparison comparison : comparisons) {
            Names names = comparison.provisioned().names();
            table.row(comparison.provisioned().identity().instance(), "(provisioned)", names.schema(),
                    names.namespace());
            comparison.byRule().forEach((rule, derivation) -> table.row(cells(rule, derivation, names, palette)));
        }
        return table.render(columns, TextTable.Narrow.CUT, palette) + "\n* differs from what is provisioned\n";
    }

    private static List<String> cells(NamingRule rule, Derivation derivation, Names provisioned, Palette palette) {
        if (derivation instanceof Derivation.Derived derived) {
            return List.of("", rule.id(),
                    marked(derived.names().schema(), provisioned.schema(), palette),
                    marked(derived.names().namespace(), provisioned.namespace(), palette));
        }
        return List.of("", rule.id(), palette.warning("none" + MARK), palette.warning("none" + MARK));
    }

    private static String marked(String name, String provisioned, Palette palette) {
        return name.equals(provisioned) ? name : palette.warning(name + MARK);
    }

    public Document document() {
        return new Document().put("instances", comparisons.stream().map(RulesReport::document).toList());
    }

    private static Document document(Comparison comparison) {
        DerivedInstance provisioned = comparison.provisioned();
        Document rules = new Document();
        comparison.byRule().forEach((rule, derivation) ->
                rules.put(rule.id(), document(derivation, provisioned.names())));
        return new Document()
                .put("instance", provisioned.identity().instance())
                .put("service", provisioned.identity().service())
                .put("singleton", provisioned.identity().singleton())
                .put("naming", provisioned.naming().id())
                .put("schema", provisioned.names().schema())
                .put("namespace", provisioned.names().namespace())
                .put("rules", rules);
    }

    private static Document document(Derivation derivation, Names provisioned) {
        if (derivation instanceof Derivation.Derived derived) {
            String schema = derived.names().schema();
            String namespace = derived.names().namespace();
            return new Document()
                    .put("schema", schema)
                    .put("namespace", namespace)
                    .put("agrees", schema.equals(provisioned.schema()) && namespace.equals(provisioned.namespace()));
        }
        return new Document()
                .put("schema", null)
                .put("namespace", null)
                .put("agrees", false)
                .put("reasons", ((Derivation.Impossible) derivation).reasons());
    }
}
