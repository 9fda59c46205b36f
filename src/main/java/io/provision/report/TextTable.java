package io.provision.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Rows under headings, in columns as wide as they must be, in a terminal as wide as it is. */
final class TextTable {

    /** What gives way when a table is wider than the terminal. */
    enum Narrow {
        /** The widest cells are cut short; for what is looked at. */
        CUT,
        /** Each row becomes a block of lines, nothing is lost; for what is copied. */
        STACK
    }

    private static final String GAP = "  ";
    private static final int LEAST = 8;

    private final List<String> headings;
    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... headings) {
        this.headings = List.of(headings);
    }

    TextTable row(String... cells) {
        return row(Arrays.asList(cells));
    }

    /** @param cells one for each heading; may be coloured */
    TextTable row(List<String> cells) {
        if (cells.size() != headings.size()) {
            throw new IllegalArgumentException(headings.size() + " cells are a row, not " + cells.size());
        }
        rows.add(cells.stream().map(cell -> cell.replaceAll("[\\t\\r\\n]", " ")).toList());
        return this;
    }

    /** The same without some of its columns. */
    TextTable without(Set<String> dropped) {
        int[] kept = IntStream.range(0, headings.size()).filter(i -> !dropped.contains(headings.get(i))).toArray();
        TextTable narrower =
                new TextTable(Arrays.stream(kept).mapToObj(headings::get).toArray(String[]::new));
        rows.forEach(row -> narrower.row(Arrays.stream(kept).mapToObj(row::get).toList()));
        return narrower;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    boolean fits(int columns) {
        return total(naturalWidths()) <= columns;
    }

    /**
     * Leaves columns out until the rest fits; a line for each row is worth more than every detail of it.
     *
     * @param expendable the headings that may go, the first one first
     */
    String render(int columns, List<String> expendable, Narrow narrow, Palette palette) {
        TextTable table = this;
        for (int gone = 0; gone < expendable.size() && !table.fits(columns); gone++) {
            table = without(Set.copyOf(expendable.subList(0, gone + 1)));
        }
        return table.render(columns, narrow, palette);
    }

    /** @param columns how wide the terminal is; {@link Integer#MAX_VALUE} where it is none */
    String render(int columns, Narrow narrow, Palette palette) {
        StringBuilder text = new StringBuilder();
        render(columns, narrow, palette, text::append);
        return text.toString();
    }

    /** @param out is told a row at a time, with its line ends: a hundred thousand are not put together first */
    void render(int columns, Narrow narrow, Palette palette, Consumer<String> out) {
        int[] widths = naturalWidths();
        if (total(widths) > columns) {
            if (narrow == Narrow.STACK || !shrink(widths, columns)) {
                stacked(palette, out);
                return;
            }
        }
        out.accept(line(headings.stream().map(palette::heading).toList(), widths));
        rows.forEach(row -> out.accept(line(row, widths)));
    }

    private int[] naturalWidths() {
        int[] widths = headings.stream().mapToInt(DisplayWidth::of).toArray();
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], DisplayWidth.of(row.get(i)));
            }
        }
        return widths;
    }

    private static int total(int[] widths) {
        return Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1);
    }

    private static boolean shrink(int[] widths, int columns) {
        while (total(widths) > columns) {
            int widest = IntStream.range(0, widths.length).reduce((a, b) -> widths[b] > widths[a] ? b : a).orElse(0);
            if (widths[widest] <= LEAST) {
                return false;
            }
            widths[widest]--;
        }
        return true;
    }

    private static String line(List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = DisplayWidth.cut(cells.get(i), widths[i]);
            line.append(i == 0 ? "" : GAP).append(DisplayWidth.pad(cell, widths[i]));
        }
        return line.toString().stripTrailing() + "\n";
    }

    private void stacked(Palette palette, Consumer<String> out) {
        int width = headings.stream().mapToInt(DisplayWidth::of).max().orElse(0);
        String separator = "";
        for (List<String> row : rows) {
            StringBuilder text = new StringBuilder(separator);
            for (int i = 0; i < headings.size(); i++) {
                String heading = DisplayWidth.pad(palette.heading(headings.get(i)), width);
                text.append((heading + GAP + row.get(i)).stripTrailing()).append('\n');
            }
            out.accept(text.toString());
            separator = "\n";
        }
    }
}
