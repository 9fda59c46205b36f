package io.provision.bench;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All figures, as a table for people and as JSON for programs. */
final class Result {

    private static final String LINE = "%-34s %9s %10s %19s %7s %15s%n";

    private final Map<String, String> setting;
    private final List<Figure> figures;

    /** @param setting what they were measured on and with */
    Result(Map<String, String> setting, List<Figure> figures) {
        this.setting = new TreeMap<>(setting);
        this.figures = List.copyOf(figures);
    }

    String table() {
        StringBuilder text = new StringBuilder();
        setting.forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
        text.append(LINE.formatted("\nWHAT", "INSTANCES", "MEDIAN", "SPREAD", "RATIO", "SPREAD"));
        figures.forEach(figure -> text.append(line(figure)));
        return text.toString();
    }

    static String line(Figure figure) {
        String form = figure.unit().equals("s") ? "%.3f" : "%.0f";
        return LINE.formatted(figure.what(), figure.instances(),
                text(form, figure.sample().median()) + " " + figure.unit(), spread(form, figure.sample()),
                figure.ratio().map(ratio -> text("%.2f", ratio.median())).orElse(""),
                figure.ratio().map(ratio -> spread("%.2f", ratio)).orElse(""));
    }

    private static String spread(String form, Sample sample) {
        return text(form, sample.least()) + " - " + text(form, sample.most());
    }

    private static String text(String form, double value) {
        return String.format(Locale.ROOT, form, value);
    }

    String json() {
        String about = setting.entrySet().stream()
                .map(entry -> quoted(entry.getKey()) + ": " + quoted(entry.getValue()))
                .collect(Collectors.joining(", "));
        String lines = figures.stream().map(Result::json).collect(Collectors.joining(",\n    "));
        return "{\n  \"setting\": {%s},\n  \"figures\": [\n    %s\n  ]\n}\n".formatted(about, lines);
    }

    private static String json(Figure figure) {
        String ratio = figure.ratio()
                .map(sample -> ", \"ratio\": " + json(sample))
                .orElse("");
        return "{\"what\": %s, \"instances\": %d, \"unit\": %s, \"sample\": %s%s}".formatted(
                quoted(figure.what()), figure.instances(), quoted(figure.unit()), json(figure.sample()), ratio);
    }

    private static String json(Sample sample) {
        return "{\"median\": %s, \"runs\": [%s]}".formatted(text("%.4f", sample.median()),
                sample.values().stream().map(value -> text("%.4f", value)).collect(Collectors.joining(", ")));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }
}
