package preflab.projects.chart;

import java.util.ArrayList;
import java.util.List;

/** Paints a line at a step, dots on the logged points nearest to it, and a box with their values. */
final class Crosshair {

    private static final double FONT = 11.5;
    private static final double ROW = 17;
    private static final double PAD = 8;

    private final ChartLayout layout;
    private final Painter painter;
    private final Palette palette;

    Crosshair(ChartLayout layout, Painter painter, Palette palette) {
        this.layout = layout;
        this.painter = painter;
        this.palette = palette;
    }

    void draw(double step) {
        List<Reading> readings = layout.readings(step);
        double x = layout.xOf(step);
        if (readings.isEmpty() || x < layout.left() || x > layout.right()) {
            return;
        }
        painter.line(x, layout.top(), x, layout.bottom(), palette.axis(), 1);
        for (Reading reading : readings) {
            if (!Double.isNaN(reading.y()) && layout.isInPlot(reading.x(), reading.y())) {
                painter.circle(reading.x(), reading.y(), 5, palette.background());
                painter.circle(reading.x(), reading.y(), 3.5, palette.line(reading.colour()));
            }
        }
        box(readings, x);
    }

    private void box(List<Reading> readings, double cursor) {
        List<String> rows = new ArrayList<>();
        readings.forEach(reading -> rows.add(text(reading, readings.size() > 1)));
        double width = 2 * PAD + 10
                + rows.stream().mapToDouble(row -> Legend.textWidth(row, FONT)).max().orElse(0);
        double height = PAD + ROW * rows.size() + 3;
        // on the side of the cursor with more room
        boolean onRight = cursor + 12 + width <= layout.right() || cursor - 12 - width < layout.left();
        double x = onRight ? cursor + 12 : cursor - 12 - width;
        double y = layout.top() + 4;
        painter.fillRectangle(x - 1, y - 1, width + 2, height + 2, palette.grid());
        painter.fillRectangle(x, y, width, height, palette.background().withOpacity(0.96));
        for (int i = 0; i < rows.size(); i++) {
            double middle = y + PAD + ROW * i + 5;
            painter.circle(x + PAD + 2, middle, 3.5, palette.line(readings.get(i).colour()));
            painter.text(rows.get(i), x + PAD + 10, middle + 4, FONT, false, Painter.Anchor.START, palette.text());
        }
    }

    private static String text(Reading reading, boolean named) {
        return (named ? reading.name() + "  " : "") + Numbers.brief(reading.value()) + "  @ "
                + Numbers.step(reading.step());
    }
}
