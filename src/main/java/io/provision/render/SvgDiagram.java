package io.provision.render;

import io.provision.manifest.Instance;
import io.provision.manifest.Manifest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The diagram as a picture of its own: a row an instance, its keys on the left, schemas and readers on the right. */
final class SvgDiagram {

    private static final int MARGIN = 24;
    private static final int GAP = 90;
    private static final int LINE = 18;
    private static final int PADDING = 12;
    private static final int ROW_GAP = 14;
    private static final int HEAD = MARGIN + LINE;

    /** Of a character of the fixed-width font at its size, rounded up. */
    private static final int CHARACTER = 8;

    private static final String STYLE = """
            <style>
              text { font: 13px ui-monospace, Menlo, Consolas, monospace; fill: #1f2933; }
              .head { font-weight: bold; fill: #52606d; }
              .service { fill: #f5f7fa; stroke: #9aa5b1; }
              .instance { fill: #d9f2e6; stroke: #27ab83; }
              .schema { fill: #dceefb; stroke: #2680c2; }
              .keys { fill: #fde8e8; stroke: #cf3a3a; }
              .reader { fill: #fff3c4; stroke: #cb6e17; }
              .owns { stroke: #52606d; }
              .reads { stroke: #cb6e17; stroke-dasharray: 4 4; }
            </style>
            """;

    private final Manifest manifest;
    private final Map<String, List<Instance>> readers;
    private final Column keys;
    private final Column instances;
    private final Column schemas;
    private final Column reading;
    private final Map<String, Integer> middles = new LinkedHashMap<>();
    private final StringBuilder edges = new StringBuilder();
    private final StringBuilder boxes = new StringBuilder();

    private record Column(String title, String kind, int left, int width) {

        int right() {
            return left + width;
        }
    }

    SvgDiagram(Manifest manifest) {
        this.manifest = manifest;
        this.readers = Diagrams.byReader(manifest);
        List<Instance> all = manifest.instances();
        this.keys = column("Redis keys", "keys", MARGIN, all.stream().flatMap(i -> Diagrams.keys(i).stream()));
        this.instances = column("instances by service", "instance", keys.right() + GAP,
                all.stream().flatMap(i -> Stream.of(i.name(), i.identity().service())));
        this.schemas = column("PostgreSQL schemas", "schema", instances.right() + GAP,
                all.stream().flatMap(i -> Diagrams.schemas(i).stream()));
        this.reading = column("readers", "reader", schemas.right() + GAP, readers.keySet().stream());
    }

    private static Column column(String title, String kind, int left, Stream<String> texts) {
        int longest = Stream.concat(Stream.of(title), texts).mapToInt(String::length).max().orElseThrow();
        return new Column(title, kind, left, longest * CHARACTER + 2 * PADDING);
    }

    String text() {
        Stream.of(keys, instances, schemas, reading).forEach(column -> text(column.left(), HEAD, "head",
                column.title()));
        int bottom = Math.max(services(HEAD + ROW_GAP), readers(HEAD + ROW_GAP));
        int width = reading.right() + MARGIN;
        int height = bottom + MARGIN;
        return """
                <svg xmlns="http://www.w3.org/2000/svg" width="%1$s" height="%2$s" viewBox="0 0 %1$s %2$s">
                <title>%3$s</title>
                """.formatted(width, height, escaped(manifest.ecosystem()))
                + STYLE + boxes + edges + "</svg>\n";
    }

    private int services(int top) {
        int y = top;
        for (Map.Entry<String, List<Instance>> service : Diagrams.byService(manifest).entrySet()) {
            int rows = service.getValue().stream().mapToInt(SvgDiagram::heightOf).map(h -> h + ROW_GAP).sum();
            box("service", instances.left() - PADDING, y, instances.width() + 2 * PADDING, LINE + ROW_GAP + rows);
            text(instances.left(), y + LINE, "head", service.getKey());
            int row = y + LINE + ROW_GAP;
            for (Instance instance : service.getValue()) {
                instance(instance, row);
                row += heightOf(instance) + ROW_GAP;
            }
            y = row + ROW_GAP;
        }
        return y;
    }

    private void instance(Instance instance, int top) {
        int middle = labelled(instances, top, heightOf(instance), List.of(instance.name()));
        labelled(keys, top, heightOf(instance), Diagrams.keys(instance));
        labelled(schemas, top, heightOf(instance), Diagrams.schemas(instance));
        edge("owns", keys.right(), middle, instances.left(), middle);
        edge("owns", instances.right(), middle, schemas.left(), middle);
        middles.put(instance.name(), middle);
    }

    private int readers(int top) {
        int y = top + LINE + ROW_GAP;
        for (Map.Entry<String, List<Instance>> reader : readers.entrySet()) {
            int middle = labelled(reading, y, LINE + PADDING, List.of(reader.getKey()));
            reader.getValue().forEach(instance ->
                    edge("reads", schemas.right(), middles.get(instance.name()), reading.left(), middle));
            y += LINE + PADDING + ROW_GAP;
        }
        return y;
    }

    private static int heightOf(Instance instance) {
        int lines = Math.max(Diagrams.keys(instance).size(), Diagrams.schemas(instance).size());
        return lines * LINE + PADDING;
    }

    /** @return the middle of its height */
    private int labelled(Column column, int top, int height, Collection<String> lines) {
        box(column.kind(), column.left(), top, column.width(), height);
        int baseline = top + (height - lines.size() * LINE) / 2 + LINE - PADDING / 2;
        for (String line : lines) {
            text(column.left() + PADDING, baseline, "label", line);
            baseline += LINE;
        }
        return top + height / 2;
    }

    private void box(String kind, int x, int y, int width, int height) {
        boxes.append("<rect class=\"").append(kind).append("\" x=\"").append(x).append("\" y=\"").append(y)
                .append("\" width=\"").append(width).append("\" height=\"").append(height).append("\" rx=\"4\"/>\n");
    }

    private void text(int x, int y, String kind, String text) {
        boxes.append("<text class=\"").append(kind).append("\" x=\"").append(x).append("\" y=\"").append(y)
                .append("\">").append(escaped(text)).append("</text>\n");
    }

    private void edge(String kind, int fromX, int fromY, int toX, int toY) {
        edges.append("<line class=\"").append(kind).append("\" x1=\"").append(fromX).append("\" y1=\"").append(fromY)
                .append("\" x2=\"").append(toX).append("\" y2=\"").append(toY).append("\"/>\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
