package preflab.app.chart;

import java.util.stream.Collectors;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import preflab.projects.chart.Palette;
import preflab.projects.chart.Plot;
import preflab.projects.chart.PlotLayout;
import preflab.projects.chart.PlotLine;

/** A plot on a canvas, with a cursor that reads its lines; the arrow keys move the cursor where it has the focus. */
public final class PlotView extends Region {

    private static final int KEY_STEPS = 60;

    private final ObjectProperty<Plot> plot = new SimpleObjectProperty<>();
    private final DoubleProperty cursor = new SimpleDoubleProperty(Double.NaN);
    private final ObjectProperty<Palette> palette;
    private final Canvas canvas = new Canvas();
    private PlotLayout layout;

    public PlotView(Plot first, ObjectProperty<Palette> palette) {
        this.palette = palette;
        plot.set(first);
        getStyleClass().add("chart-canvas");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setMinSize(220, 180);
        setPrefSize(420, 260);
        canvas.setMouseTransparent(true);
        getChildren().add(canvas);
        plot.subscribe(this::describe);
        palette.subscribe(this::requestLayout);
        cursor.subscribe(this::requestLayout);
        setOnMouseMoved(e -> moveTo(e.getX()));
        setOnMouseExited(e -> cursor.set(Double.NaN));
        setOnMousePressed(e -> requestFocus());
        setOnKeyPressed(this::key);
    }

    /** What is drawn. */
    public ObjectProperty<Plot> plotProperty() {
        return plot;
    }

    /** Where the cursor stands on the x axis; NaN where there is none. Bind two plots to move together. */
    public DoubleProperty readingProperty() {
        return cursor;
    }

    private void describe(Plot drawn) {
        setAccessibleText("Plot of " + drawn.title() + " over " + drawn.xLabel() + ": "
                + drawn.lines().stream().map(PlotLine::name).collect(Collectors.joining(", ")));
        requestLayout();
    }

    private void moveTo(double x) {
        if (layout != null && !plot.get().lines().isEmpty()) {
            cursor.set(layout.xAt(x));
        }
    }

    private void key(KeyEvent event) {
        double stride = switch (event.getCode()) {
            case LEFT -> -getWidth() / KEY_STEPS;
            case RIGHT -> getWidth() / KEY_STEPS;
            default -> 0;
        };
        if (stride != 0 && layout != null) {
            double from = layout.xAt(0);
            double perPixel = (layout.xAt(getWidth()) - from) / getWidth();
            double at = Double.isNaN(cursor.get()) ? layout.xAt(getWidth() / 2) : cursor.get() + stride * perPixel;
            cursor.set(Math.clamp(at, from, layout.xAt(getWidth())));
            event.consume();
        }
    }

    @Override
    protected void layoutChildren() {
        double width = Math.floor(getWidth());
        double height = Math.floor(getHeight());
        if (width < 2 || height < 2) {
            return;
        }
        canvas.setWidth(width);
        canvas.setHeight(height);
        layout = PlotLayout.of(plot.get(), width, height);
        GraphicsContext context = canvas.getGraphicsContext2D();
        context.clearRect(0, 0, width, height);
        CanvasPainter painter = new CanvasPainter(context);
        layout.paint(painter, palette.get());
        if (!Double.isNaN(cursor.get())) {
            layout.paintCursor(painter, palette.get(), cursor.get());
        }
    }
}
