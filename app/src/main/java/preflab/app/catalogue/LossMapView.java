package preflab.app.catalogue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.TextAlignment;
import preflab.engine.lab.LossMap;
import preflab.engine.objective.Scores;
import preflab.projects.chart.Palette;
import preflab.projects.chart.Rgb;

/**
 * The loss of a pair over h_w and h_l as shades, darker where it is higher, with arrows that show where a step of
 * gradient descent would push the two log-ratios.
 */
final class LossMapView extends Region {

    private static final double LEFT = 52;
    private static final double TOP = 52;
    private static final double BOTTOM = 40;
    private static final double RIGHT = 16;
    private static final int ARROW_EVERY = 3;

    private final LabModel model;
    private final ObjectProperty<Palette> palette;
    private final Canvas canvas = new Canvas();

    LossMapView(LabModel model, ObjectProperty<Palette> palette) {
        this.model = model;
        this.palette = palette;
        getStyleClass().add("chart-canvas");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        canvas.setMouseTransparent(true);
        getChildren().add(canvas);
        model.mapProperty().subscribe(map -> {
            setAccessibleText("Map of the loss of " + model.focusedProperty().get() + " over both log-ratios");
            requestLayout();
        });
        model.cloudProperty().subscribe(this::requestLayout);
        model.replayedProperty().subscribe(this::requestLayout);
        palette.subscribe(this::requestLayout);
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(Math.floor(getWidth()));
        canvas.setHeight(Math.floor(getHeight()));
        GraphicsContext g = canvas.getGraphicsContext2D();
        Palette colours = palette.get();
        g.setFill(colour(colours.background()));
        g.fillRect(0, 0, canvas.getWidth(), canvas.getHeight());
        text(g, "Map of " + model.focusedProperty().get(), 12, 22, 13, TextAlignment.LEFT, colours.text());
        Optional<LossMap> map = model.mapProperty().get();
        if (map.isEmpty()) {
            text(g, missing(), canvas.getWidth() / 2, canvas.getHeight() / 2, 12,
                    TextAlignment.CENTER, colours.mutedText());
            return;
        }
        text(g, "shades: loss · arrows: where a step pushes", canvas.getWidth() - RIGHT, 22, 11.5, TextAlignment.RIGHT,
                colours.mutedText());
        new Drawing(g, map.get(), colours).draw();
    }

    private String missing() {
        return model.focusedProperty().get().type().scores() == Scores.Pairs.class
                ? "waits for settings that are allowed"
                : "only for objectives on pairs";
    }

    /** The map as a table: loss and pulls at each pair of log-ratios. */
    String csv() {
        StringBuilder table = new StringBuilder("h_w,h_l,loss,pull_chosen,pull_rejected\n");
        model.mapProperty().get().ifPresent(map -> {
            for (int w = 0; w < map.size(); w++) {
                for (int l = 0; l < map.size(); l++) {
                    table.append(map.at(w)).append(',').append(map.at(l)).append(',').append(map.loss(w, l)).append(',')
                            .append(map.chosenPull(w, l)).append(',').append(map.rejectedPull(w, l)).append('\n');
                }
            }
        });
        return table.toString();
    }

    private static Color colour(Rgb rgb) {
        return Color.rgb(rgb.red(), rgb.green(), rgb.blue(), rgb.opacity());
    }

    private static void text(GraphicsContext g, String text, double x, double y, double size, TextAlignment align,
            Rgb colour) {
        g.setFont(Font.font(null, size > 12.5 ? FontWeight.BOLD : FontWeight.NORMAL, size));
        g.setTextAlign(align);
        g.setFill(colour(colour));
        g.fillText(text, x, y);
    }

    /** One picture of one map. */
    private final class Drawing {
        private final GraphicsContext g;
        private final LossMap map;
        private final Palette colours;
        private final double cellWidth;
        private final double cellHeight;
        private final double[] sorted;

        Drawing(GraphicsContext g, LossMap map, Palette colours) {
            this.g = g;
            this.map = map;
            this.colours = colours;
            this.cellWidth = (canvas.getWidth() - LEFT - RIGHT) / map.size();
            this.cellHeight = (canvas.getHeight() - TOP - BOTTOM) / map.size();
            this.sorted = new double[map.size() * map.size()];
            for (int i = 0; i < sorted.length; i++) {
                sorted[i] = map.loss(i % map.size(), i / map.size());
            }
            Arrays.sort(sorted);
        }

        void draw() {
            shades();
            axes();
            arrows();
            cloud(model.shownCloud());
        }

        private double x(double column) {
            return LEFT + (column + 0.5) * cellWidth;
        }

        private double y(double row) {
            return canvas.getHeight() - BOTTOM - (row + 0.5) * cellHeight;
        }

        /** By rank, so that one steep corner does not swallow all shades. */
        private void shades() {
            Color high = colour(colours.line(0));
            Color low = colour(colours.background());
            for (int l = 0; l < map.size(); l++) {
                for (int w = 0; w < map.size(); w++) {
                    int rank = Arrays.binarySearch(sorted, map.loss(w, l));
                    double share = Math.clamp((double) Math.max(rank, 0) / (sorted.length - 1), 0, 1);
                    g.setFill(low.interpolate(high, 0.65 * share));
                    g.fillRect(x(w) - cellWidth / 2, y(l) - cellHeight / 2, cellWidth + 0.7, cellHeight + 0.7);
                }
            }
        }

        private void axes() {
            int last = map.size() - 1;
            for (double share : new double[]{0, 0.5, 1}) {
                double value = map.at(0) + share * (map.at(last) - map.at(0));
                String label = String.format(Locale.ROOT, "%.0f", value + 0.0).replace('-', '−');
                text(g, label, x(share * last), canvas.getHeight() - BOTTOM + 15, 11.5, TextAlignment.CENTER,
                        colours.mutedText());
                text(g, label, LEFT - 6, y(share * last) + 4, 11.5, TextAlignment.RIGHT, colours.mutedText());
            }
            text(g, "h_w, chosen", canvas.getWidth() - RIGHT, canvas.getHeight() - 8, 11.5, TextAlignment.RIGHT,
                    colours.mutedText());
            text(g, "h_l, rejected", LEFT, TOP - 6, 11.5, TextAlignment.LEFT, colours.mutedText());
            g.setStroke(colour(colours.mutedText()));
            g.setLineWidth(1);
            g.strokeLine(x(0), y(0), x(last), y(last)); // no margin
        }

        private void arrows() {
            double longest = 0;
            for (int i = 0; i < map.size() * map.size(); i++) {
                longest = Math.max(longest, length(i % map.size(), i / map.size()));
            }
            for (int l = 1; l < map.size() && longest > 0; l += ARROW_EVERY) {
                for (int w = 1; w < map.size(); w += ARROW_EVERY) {
                    arrow(w, l, Math.sqrt(length(w, l) / longest)); // short ones still show where they point
                }
            }
        }

        /** The run's batches, the later the stronger; the last one ringed. Batches off the map lie on its edge. */
        private void cloud(List<RunCloud.Point> points) {
            Color colour = colour(colours.line(1));
            for (int i = 0; i < points.size(); i++) {
                double atX = x(place(points.get(i).chosen()));
                double atY = y(place(points.get(i).rejected()));
                g.setFill(colour.deriveColor(0, 1, 1, 0.25 + 0.65 * (i + 1) / points.size()));
                g.fillOval(atX - 2.6, atY - 2.6, 5.2, 5.2);
                if (i == points.size() - 1) {
                    g.setStroke(colour(colours.text()));
                    g.setLineWidth(1.6);
                    g.strokeOval(atX - 5, atY - 5, 10, 10);
                }
            }
        }

        private double place(double ratio) {
            int last = map.size() - 1;
            double share = (ratio - map.at(0)) / (map.at(last) - map.at(0));
            return Double.isFinite(share) ? last * Math.clamp(share, 0, 1) : 0;
        }

        private double length(int w, int l) {
            double length = Math.hypot(map.chosenPull(w, l), map.rejectedPull(w, l));
            return Double.isFinite(length) ? length : 0;
        }

        private void arrow(int w, int l, double strength) {
            double size = strength * ARROW_EVERY * 0.8 * Math.min(cellWidth, cellHeight);
            double length = length(w, l);
            if (size < 1.5 || length == 0) {
                return;
            }
            double dx = size * map.chosenPull(w, l) / length;
            double dy = -size * map.rejectedPull(w, l) / length;
            double tipX = x(w) + dx;
            double tipY = y(l) + dy;
            g.setStroke(colour(colours.text()));
            g.setLineWidth(1.2);
            g.strokeLine(x(w), y(l), tipX, tipY);
            double angle = Math.atan2(dy, dx);
            for (double side : new double[]{2.6, -2.6}) {
                g.strokeLine(tipX, tipY, tipX + 4 * Math.cos(angle + side), tipY + 4 * Math.sin(angle + side));
            }
        }
    }
}
