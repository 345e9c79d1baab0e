package preflab.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Rows of words and numbers in aligned columns; numbers stand to the right. */
final class Table {
    private static final String GAP = "  ";
    private static final Pattern NUMBER = Pattern.compile("[+−-]?(\\d[\\d,.]*(e[+-]?\\d+)?([ /].*)?|NaN|∞)");

    private final List<List<String>> rows = new ArrayList<>();
    private final int columns;

    Table(String... headers) {
        columns = headers.length;
        rows.add(List.of(headers));
    }

    /** A table whose columns after the first are known only when it is made. */
    static Table of(String first, Object... others) {
        String[] headers = new String[others.length + 1];
        headers[0] = first;
        for (int i = 0; i < others.length; i++) {
            headers[i + 1] = others[i].toString();
        }
        return new Table(headers);
    }

    Table rowOf(String first, List<String> others) {
        List<Object> cells = new ArrayList<>();
        cells.add(first);
        cells.addAll(others);
        return row(cells.toArray());
    }

    Table row(Object... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns + " columns");
        }
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(Numbers.text(cell));
        }
        rows.add(row);
        return this;
    }

    boolean isEmpty() {
        return rows.size() == 1;
    }

    /** The lines, headers first, without trailing blanks. */
    List<String> lines() {
        int[] widths = IntStream.range(0, columns).map(this::width).toArray();
        boolean[] numeric = new boolean[columns];
        IntStream.range(0, columns).forEach(column -> numeric[column] = isNumeric(column));
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                String cell = row.get(column);
                String blanks = " ".repeat(widths[column] - length(cell));
                line.append(column == 0 ? "" : GAP).append(numeric[column] ? blanks + cell : cell + blanks);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
    }

    /** A column is numeric if every cell under its header starts like a number or is a dash. */
    private boolean isNumeric(int column) {
        return !isEmpty() && rows.stream().skip(1).map(row -> row.get(column))
                .allMatch(cell -> cell.isEmpty() || cell.equals("–")
                        || NUMBER.matcher(cell).matches());
    }

    /** Characters as a terminal shows them: one cell per code point is near enough for what is printed here. */
    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
