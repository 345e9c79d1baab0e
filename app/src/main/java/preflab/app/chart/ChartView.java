package preflab.app.chart;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import preflab.app.widget.Words;
import preflab.projects.chart.Chart;
import preflab.projects.chart.ChartLayout;
import preflab.projects.chart.Reading;
import preflab.projects.chart.Rgb;

/**
 * A chart of a {@link ChartModel} on a canvas, with a crosshair on a canvas above, so that moving the pointer redraws no
 * lines. Drawn only while it is in sight. Focused, the arrow keys move the crosshair; how it is zoomed and moved, {@link ChartGestures} says.
 */
public final class ChartView extends Region {

    private static final double PREFERRED_WIDTH = 320;
    private static final double PREFERRED_HEIGHT = 200;
    /** Steps of the arrow keys across the width of a chart. */
    private static final int KEY_STEPS = 60;

    private final ChartModel model;
    private final Canvas lines = new Canvas();
    private final Canvas crosshair = new Canvas();
    private ChartLayout layout;
    private boolean stale = true;
    private final Sight sight = new Sight(this, () -> {
        if (stale) {
            requestLayout();
        }
    });

    public ChartView(ChartModel model) {
        this.model = model;
        getStyleClass().add("chart-canvas");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        setMinSize(120, 90);
        setPrefSize(PREFERRED_WIDTH, PREFERRED_HEIGHT);
        crosshair.setMouseTransparent(true);
        lines.setMouseTransparent(true);
        getChildren().addAll(lines, crosshair);
        model.chartProperty().subscribe(this::changed);
        model.viewProperty().subscribe(this::repaint);
        model.paletteProperty().subscribe(this::repaint);
        model.cursorProperty().subscribe(this::paintCrosshair);
        setOnMouseMoved(e -> moveTo(e.getX()));
        setOnMouseExited(e -> model.cursorProperty().set(Double.NaN));
        setOnKeyPressed(this::key);
        new ChartGestures(this);
        focusedProperty().subscribe(this::paintCrosshair);
    }

    public ChartModel model() {
        return model;
    }

    /** Whether what is shown is what the model holds now. */
    public boolean isDrawn() {
        return !stale && layout != null;
    }

    /** As last drawn; empty before. */
    Optional<ChartLayout> placed() {
        return Optional.ofNullable(layout);
    }

    /** Paints the columns from … to as chosen, in place of the crosshair. */
    void paintChosen(double from, double to) {
        GraphicsContext context = crosshair.getGraphicsContext2D();
        context.clearRect(0, 0, crosshair.getWidth(), crosshair.getHeight());
        Rgb colour = model.paletteProperty().get().line(0);
        CanvasPainter painter = new CanvasPainter(context);
        painter.fillRectangle(Math.min(from, to), layout.top(), Math.abs(to - from), layout.bottom() - layout.top(),
                colour.withOpacity(0.18));
    }

    private void changed(Chart chart) {
        setAccessibleText("Chart of " + chart.title() + ": " + chart.series().stream()
                .filter(s -> !s.points().isEmpty())
                .map(s -> s.name() + " " + Words.number(s.points().lastValue()) + " at step " + s.points().lastStep())
                .collect(Collectors.joining(", ")));
        repaint();
    }

    private void repaint() {
        stale = true;
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        double width = Math.floor(getWidth());
        double height = Math.floor(getHeight());
        if (width < 2 || height < 2) {
            return;
        }
        if (lines.getWidth() != width || lines.getHeight() != height) {
            stale = true;
        }
        if (wantsDrawing()) {
            Turns.of(getScene()).take(this, () -> draw(width, height));
        }
    }

    private void draw(double width, double height) {
        stale = false;
        resize(lines, width, height);
        resize(crosshair, width, height);
        layout = ChartLayout.of(model.chartProperty().get(), width, height, model.viewProperty().get());
        GraphicsContext context = lines.getGraphicsContext2D();
        context.clearRect(0, 0, width, height);
        layout.paint(new CanvasPainter(context, density()), model.paletteProperty().get());
        paintCrosshair();
    }

    /** Whether it shows something else than the model holds, where a person would see it. */
    boolean wantsDrawing() {
        return stale && getScene() != null && sight.isSeen();
    }

    /** Whether it will be drawn in the next pulses. */
    public boolean isWaiting() {
        return getScene() != null && Turns.of(getScene()).isWaiting(this);
    }

    private double density() {
        return getScene().getWindow() == null ? 1 : getScene().getWindow().getRenderScaleX();
    }

    private static void resize(Canvas canvas, double width, double height) {
        canvas.setWidth(width);
        canvas.setHeight(height);
    }

    private void paintCrosshair() {
        GraphicsContext context = crosshair.getGraphicsContext2D();
        context.clearRect(0, 0, crosshair.getWidth(), crosshair.getHeight());
        double step = model.cursorProperty().get();
        if (layout != null && !Double.isNaN(step)) {
            layout.paintCrosshair(new CanvasPainter(context), model.paletteProperty().get(), step);
        }
    }

    private void moveTo(double x) {
        if (layout != null) {
            List<Reading> readings = layout.readings(layout.placeAt(x));
            model.cursorProperty().set(readings.isEmpty() ? Double.NaN : layout.placeAt(x));
        }
    }

    private void key(KeyEvent event) {
        if (layout == null || event.isShiftDown()) {
            return;
        }
        double at = Double.isNaN(model.cursorProperty().get())
                ? getWidth() / 2
                : layout.columnOf(model.cursorProperty().get());
        double stride = getWidth() / KEY_STEPS;
        switch (event.getCode()) {
            case LEFT -> moveTo(Math.max(0, at - stride));
            case RIGHT -> moveTo(Math.min(getWidth(), at + stride));
            case HOME -> moveTo(0);
            case END -> moveTo(getWidth());
            default -> {
                return;
            }
        }
        event.consume();
    }
}
