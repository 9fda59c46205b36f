package io.provision.report;

import io.provision.manifest.Effective;
import io.provision.manifest.Effective.Setting;
import io.provision.problem.Place;
import java.util.List;
import java.util.Objects;

/** The cascade's result, and where each value came from ({@code validate --effective}). */
public record EffectiveReport(Effective effective) {

    private static final String GAP = "  ";

    public EffectiveReport {
        Objects.requireNonNull(effective, "effective");
    }

    public String text(Palette palette) {
        StringBuilder text = new StringBuilder(palette.heading("connections")).append('\n')
                .append(lines(effective.connections(), palette));
        for (String instance : effective.instances()) {
            text.append('\n').append(palette.heading(instance)).append('\n')
                    .append(lines(effective.of(instance), palette));
        }
        return text.toString();
    }

    private static String lines(List<Setting> settings, Palette palette) {
        int path = settings.stream().mapToInt(setting -> DisplayWidth.of(setting.path())).max().orElse(0);
        int value = settings.stream().mapToInt(setting -> DisplayWidth.of(setting.value())).max().orElse(0);
        StringBuilder text = new StringBuilder();
        settings.forEach(setting -> text.append(GAP)
                .append(DisplayWidth.pad(setting.path(), path)).append(GAP)
                .append(DisplayWidth.pad(setting.value(), value)).append(GAP)
                .append(palette.faint(setting.place().map(Place::toString).orElse("built in"))).append('\n'));
        return text.toString();
    }

    public Document document() {
        return new Document()
                .put("connections", effective.connections().stream().map(EffectiveReport::document).toList())
                .put("instances", effective.instances().stream()
                        .map(instance -> new Document()
                                .put("instance", instance)
                                .put("settings",
                                        effective.of(instance).stream().map(EffectiveReport::document).toList()))
                        .toList());
    }

    private static Document document(Setting setting) {
        return new Document()
                .put("path", setting.path())
                .put("value", setting.value())
                .put("file", setting.place().map(Place::file))
                .put("line", setting.place().map(Place::line))
                .put("column", setting.place().map(Place::column));
    }
}
