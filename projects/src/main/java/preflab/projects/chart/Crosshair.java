package preflab.projects.chart;

import java.util.ArrayList;
import java.util.List;

/** Paints a line at a place, dots on the logged points nearest to it, and a box with their values. */
final class Crosshair {

    private static final double FONT = 11.5;
    private static final double ROW = 17;
    private static final double PAD = 8;

    /** Pixels within which the cursor is said to be at a marker. */
    private static final double NEAR = 5;
    private static final int NO_COLOUR = -1;

    private record Row(String text, int colour) {
    }

    private final ChartLayout layout;
    private final Painter painter;
    private final Palette palette;

    Crosshair(ChartLayout layout, Painter painter, Palette palette) {
        this.layout = layout;
        this.painter = painter;
        this.palette = palette;
    }

    void draw(double place) {
        List<Reading> readings = layout.readings(place);
        double x = layout.columnOf(place);
        if (readings.isEmpty() || x < layout.left() || x > layout.right()) {
            return;
        }
        painter.line(x, layout.top(), x, layout.bottom(), palette.axis(), 1);
        for (Reading reading : readings) {
            if (!Double.isNaN(reading.x() + reading.y()) && layout.isInPlot(reading.x(), reading.y())) {
                painter.circle(reading.x(), reading.y(), 5, palette.background());
                painter.circle(reading.x(), reading.y(), 3.5, palette.line(reading.colour()));
            }
        }
        box(readings, x);
    }

    private void box(List<Reading> readings, double cursor) {
        List<Row> rows = rows(readings, cursor);
        double width = 2 * PAD + 10
                + rows.stream().mapToDouble(row -> Legend.textWidth(row.text(), FONT)).max().orElse(0);
        double height = PAD + ROW * rows.size() + 3;
        // on the side of the cursor with more room
        boolean onRight = cursor + 12 + width <= layout.right() || cursor - 12 - width < layout.left();
        double x = onRight ? cursor + 12 : cursor - 12 - width;
        double y = layout.top() + 4;
        painter.fillRectangle(x - 1, y - 1, width + 2, height + 2, palette.grid());
        painter.fillRectangle(x, y, width, height, palette.background().withOpacity(0.96));
        for (int i = 0; i < rows.size(); i++) {
            double middle = y + PAD + ROW * i + 5;
            if (rows.get(i).colour() != NO_COLOUR) {
                painter.circle(x + PAD + 2, middle, 3.5, palette.line(rows.get(i).colour()));
            }
            painter.text(rows.get(i).text(), x + PAD + 10, middle + 4, FONT, false, Painter.Anchor.START,
                    palette.text());
        }
    }

    /** As many as there is room for; what else there is, is counted. */
    private List<Row> rows(List<Reading> readings, double cursor) {
        List<Row> rows = new ArrayList<>();
        layout.chart().markers().stream().filter(marker -> layout.xAxis().shows(marker.x()))
                .filter(marker -> Math.abs(layout.xAxis().pixel(marker.x()) - cursor) < NEAR)
                .forEach(marker -> rows.add(new Row(marker.text(), marker.colour())));
        readings.forEach(reading -> rows
                .add(new Row(text(reading, layout.chart().series().size() > 1), reading.colour())));
        int room = Math.max(2, (int) ((layout.bottom() - layout.top() - PAD) / ROW));
        if (rows.size() <= room) {
            return rows;
        }
        List<Row> cut = new ArrayList<>(rows.subList(0, room - 1));
        cut.add(new Row("… and " + (rows.size() - cut.size()) + " more", NO_COLOUR));
        return cut;
    }

    private String text(Reading reading, boolean named) {
        return (named ? reading.name() + "  " : "") + Numbers.brief(reading.value())
                + (layout.chart().isOverSteps() ? "" : "  at " + Numbers.brief(reading.place())) + "  @ "
                + Numbers.step(reading.step());
    }
}
