package io.provision.render;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import io.provision.manifest.Manifest;
import io.provision.render.GrafanaModel.Dashboard;
import io.provision.render.GrafanaModel.DashboardLink;
import io.provision.render.GrafanaModel.Listed;
import io.provision.render.GrafanaModel.TimeRange;
import io.provision.render.GrafanaModel.Variable;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32;

/** The two dashboards, and the file by which Grafana's provisioning finds them. */
final class GrafanaFiles {

    /** Where the rendered folder is to stand in Grafana's container. */
    private static final String MOUNT = "/etc/grafana/provisioning/dashboards";
    private static final int LONGEST_UID = 40;

    private final Manifest manifest;
    private final String infrastructure;
    private final String entities;

    GrafanaFiles(Manifest manifest) {
        this.manifest = manifest;
        this.infrastructure = uid(InfrastructureView.KEY);
        this.entities = uid(EntityView.KEY);
    }

    List<Artefact> artefacts() {
        GrafanaBoard first = new InfrastructureView(entities).board();
        GrafanaBoard second = new EntityView(EntityType.in(manifest), infrastructure).board();
        return List.of(
                new Artefact("grafana/provider.yml", provider()),
                dashboard(InfrastructureView.KEY, InfrastructureView.TITLE, infrastructure, first,
                        link(EntityView.TITLE, entities)),
                dashboard(EntityView.KEY, EntityView.TITLE, entities, second,
                        link(InfrastructureView.TITLE, infrastructure)));
    }

    /** Two ecosystems may share one Grafana. A long name keeps its beginning and gets a sum of the whole. */
    private String uid(String key) {
        String uid = manifest.ecosystem().toLowerCase(Locale.ROOT).replace('.', '-') + "-" + key;
        if (uid.length() <= LONGEST_UID) {
            return uid;
        }
        CRC32 sum = new CRC32();
        sum.update(uid.getBytes(StandardCharsets.UTF_8));
        String end = "-" + key + "-" + Long.toHexString(sum.getValue());
        return uid.substring(0, LONGEST_UID - end.length()) + end;
    }

    private String provider() {
        Map<String, Object> provider = new LinkedHashMap<>();
        provider.put("name", manifest.ecosystem());
        provider.put("orgId", 1);
        provider.put("folder", manifest.ecosystem());
        provider.put("type", "file");
        provider.put("disableDeletion", false);
        provider.put("allowUiUpdates", false);
        provider.put("updateIntervalSeconds", 30);
        provider.put("options", Map.of("path", MOUNT));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("apiVersion", 1);
        document.put("providers", List.of(provider));
        return YamlText.of(
                RenderTarget.GRAFANA.generated() + "\nMount this file's folder at " + MOUNT + ".", document);
    }

    private static DashboardLink link(String title, String uid) {
        return new DashboardLink(title, "link", "dashboard", "", "/d/" + uid, true, true, false, false, List.of());
    }

    /** JSON knows no comments: the first field says where the file comes from. */
    private Artefact dashboard(String key, String title, String uid, GrafanaBoard board, DashboardLink other) {
        Dashboard dashboard = new Dashboard(
                RenderTarget.GRAFANA.generated(), uid, title, List.of("provision", manifest.ecosystem()),
                GrafanaModel.SCHEMA_VERSION, false, "30s", new TimeRange("now-1h", "now"), "browser", 1,
                List.of(other), new Listed<>(variables()), new Listed<>(List.of()), board.panels());
        return new Artefact("grafana/" + key + ".json", json(dashboard));
    }

    private static List<Variable> variables() {
        return List.of(
                new Variable("datasource", "Prometheus", "datasource", Optional.empty(), "prometheus",
                        Optional.empty(), 1, 0, false, false, Optional.empty(), Map.of(), 0, ""),
                byLabel("service", "Service", "label_values(up{instance_name!=\"\"}, service)"),
                byLabel("instance", "Instance",
                        "label_values(up{instance_name!=\"\",service=~\"$service\"}, instance_name)"));
    }

    /**
     * All is everything that has the label: what is no instance has none, and {@code .*} would match that too.
     * Asked anew whenever the time range changes, so that a new instance appears by itself.
     */
    private static Variable byLabel(String name, String label, String query) {
        Map<String, Object> asked = new LinkedHashMap<>();
        asked.put("query", query);
        asked.put("refId", "PrometheusVariableQueryEditor-VariableQuery");
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("selected", true);
        all.put("text", List.of("All"));
        all.put("value", List.of("$__all"));
        return new Variable(name, label, "query", Optional.of(GrafanaModel.PROMETHEUS), asked, Optional.of(query),
                2, 1, true, true, Optional.of(".+"), all, 0, "");
    }

    private static String json(Dashboard dashboard) {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        Separators separators = Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator("");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(separators)
                .withObjectIndenter(lines)
                .withArrayIndenter(lines);
        return RecordJson.of(dashboard, printer) + "\n";
    }
}
