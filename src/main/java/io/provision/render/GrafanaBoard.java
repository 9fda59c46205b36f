package io.provision.render;

import io.provision.render.GrafanaModel.DataPanel;
import io.provision.render.GrafanaModel.GridPos;
import io.provision.render.GrafanaModel.Panel;
import io.provision.render.GrafanaModel.Row;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32;

/** Places panels on a dashboard, left to right and row by row, and gives each the id that it always has. */
final class GrafanaBoard {

    private static final int ROW_HEIGHT = 1;

    private final List<Panel> panels = new ArrayList<>();
    private final Set<Integer> ids = new HashSet<>();
    private String row = "";
    private int x;
    private int y;
    private int height;

    /** @param key names the row, whatever it is titled: its panels' ids come of it */
    void row(String key, String title) {
        breakLine();
        row = key;
        panels.add(new Row(id("row"), "row", title, false,
                new GridPos(0, y, GrafanaModel.COLUMNS, ROW_HEIGHT), List.of()));
        y += ROW_HEIGHT;
    }

    /** @param key names the panel within its row */
    void add(String key, int width, int panelHeight, GrafanaPanel panel) {
        if (x + width > GrafanaModel.COLUMNS) {
            breakLine();
        }
        panels.add(placed(panel, id(key), new GridPos(x, y, width, panelHeight)));
        x += width;
        height = Math.max(height, panelHeight);
    }

    List<Panel> panels() {
        return List.copyOf(panels);
    }

    private static DataPanel placed(GrafanaPanel panel, int id, GridPos place) {
        return new DataPanel(id, panel.type(), panel.title(), panel.description(), place, GrafanaModel.PROMETHEUS,
                panel.targets(), panel.fieldConfig(), panel.options(), panel.transformations());
    }

    private void breakLine() {
        y += height;
        x = 0;
        height = 0;
    }

    /** The same for the same panel, however many others come and go: links to it, and what people say of it, hold. */
    private int id(String key) {
        CRC32 hash = new CRC32();
        hash.update((row + "/" + key).getBytes(StandardCharsets.UTF_8));
        int id = (int) (hash.getValue() % 1_000_000_000) + 1;
        while (!ids.add(id)) {
            id++;
        }
        return id;
    }
}
