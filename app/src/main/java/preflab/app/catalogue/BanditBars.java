package preflab.app.catalogue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javafx.beans.property.ObjectProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;
import javafx.scene.text.FontWeight;
import javafx.scene.text.TextAlignment;
import preflab.projects.chart.Palette;
import preflab.projects.chart.Rgb;

/** Probabilities of the responses: π_ref and π* as a pair of outlines, and a bar for each objective. */
final class BanditBars extends Region {

    private static final double LEFT = 44;
    private static final double TOP = 40;
    private static final double BOTTOM = 34;
    private static final double RIGHT = 14;

    private final BanditModel model;
    private final ObjectProperty<Palette> palette;
    private final Canvas canvas = new Canvas();

    BanditBars(BanditModel model, ObjectProperty<Palette> palette) {
        this.model = model;
        this.palette = palette;
        getStyleClass().add("chart-canvas");
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setAccessibleText("Probabilities of the responses under each objective");
        canvas.setMouseTransparent(true);
        getChildren().add(canvas);
        model.framesProperty().subscribe(this::requestLayout);
        palette.subscribe(this::requestLayout);
    }

    /** One bar of every group. */
    private record Bar(List<Double> probabilities, Rgb colour, boolean outlined) {
    }

    private List<Bar> bars() {
        Palette colours = palette.get();
        List<Bar> bars = new ArrayList<>();
        bars.add(new Bar(boxed(model.presetProperty().get().problem().reference()), colours.mutedText(), true));
        bars.add(new Bar(boxed(model.presetProperty().get().problem().truth()), colours.text(), true));
        model.optimumProperty().get()
                .ifPresent(optimum -> bars.add(new Bar(optimum, colours.line(model.lines().size()), true)));
        for (BanditLine line : model.lines()) {
            if (line.viewProperty().get() != null) {
                bars.add(new Bar(line.viewProperty().get().policy(), colours.line(line.colour()), false));
            }
        }
        return bars;
    }

    /** The probabilities as a table: one column a response, one row a policy. */
    String csv() {
        StringBuilder table = new StringBuilder("policy");
        int responses = model.presetProperty().get().problem().size();
        IntStream.range(0, responses).forEach(i -> table.append(',').append((char) ('a' + i)));
        row(table, "π_ref", boxed(model.presetProperty().get().problem().reference()));
        row(table, "π*", boxed(model.presetProperty().get().problem().truth()));
        model.optimumProperty().get().ifPresent(optimum -> row(table, "exact RLHF", optimum));
        model.lines().stream().filter(line -> line.viewProperty().get() != null)
                .forEach(line -> row(table, line.name(), line.viewProperty().get().policy()));
        return table.append('\n').toString();
    }

    private static void row(StringBuilder table, String name, List<Double> probabilities) {
        table.append('\n').append('"').append(name).append('"');
        probabilities.forEach(probability -> table.append(',').append(probability));
    }

    private static List<Double> boxed(double... values) {
        return Arrays.stream(values).boxed().toList();
    }

    @Override
    protected void layoutChildren() {
        canvas.setWidth(Math.floor(getWidth()));
        canvas.setHeight(Math.floor(getHeight()));
        GraphicsContext g = canvas.getGraphicsContext2D();
        Palette colours = palette.get();
        g.setFill(colour(colours.background()));
        g.fillRect(0, 0, canvas.getWidth(), canvas.getHeight());
        text(g, "Probabilities of the responses", 12, 22, 13, TextAlignment.LEFT, colours.text());
        text(g, "outlines from the left: π_ref, π*" + (model.optimumProperty().get().isPresent() ? ", exact RLHF" : ""),
                canvas.getWidth() - RIGHT, 22, 11.5, TextAlignment.RIGHT, colours.mutedText());
        grid(g, colours);
        groups(g, colours);
    }

    private double y(double probability) {
        return canvas.getHeight() - BOTTOM - probability * (canvas.getHeight() - TOP - BOTTOM);
    }

    private void grid(GraphicsContext g, Palette colours) {
        for (int i = 0; i <= 4; i++) {
            double at = Math.floor(y(i / 4.0)) + 0.5;
            g.setStroke(colour(i == 0 ? colours.axis() : colours.grid()));
            g.setLineWidth(1);
            g.strokeLine(LEFT, at, canvas.getWidth() - RIGHT, at);
            text(g, String.format(Locale.ROOT, "%.2f", i / 4.0), LEFT - 6, at + 4, 11.5, TextAlignment.RIGHT,
                    colours.mutedText());
        }
    }

    private void groups(GraphicsContext g, Palette colours) {
        List<Bar> bars = bars();
        int responses = model.presetProperty().get().problem().size();
        double group = (canvas.getWidth() - LEFT - RIGHT) / responses;
        double width = Math.min(26, group * 0.8 / bars.size());
        for (int response = 0; response < responses; response++) {
            double start = LEFT + response * group + (group - width * bars.size()) / 2;
            for (int i = 0; i < bars.size(); i++) {
                bar(g, bars.get(i), bars.get(i).probabilities().get(response), start + i * width, width);
            }
            text(g, String.valueOf((char) ('a' + response)), LEFT + (response + 0.5) * group,
                    canvas.getHeight() - BOTTOM + 16, 12, TextAlignment.CENTER, colours.text());
        }
    }

    private void bar(GraphicsContext g, Bar bar, double probability, double x, double width) {
        double top = y(Math.clamp(probability, 0, 1));
        double height = Math.max(1, y(0) - top);
        if (bar.outlined()) {
            g.setFill(colour(bar.colour().withOpacity(0.14)));
            g.fillRect(x + 1, top, width - 2, height);
            g.setStroke(colour(bar.colour()));
            g.setLineWidth(1.4);
            g.strokeRect(x + 1.5, top, width - 3, height);
        } else {
            g.setFill(colour(bar.colour()));
            g.fillRect(x + 1, top, width - 2, height);
        }
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
}
