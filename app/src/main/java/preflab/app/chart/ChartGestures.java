package preflab.app.chart;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import preflab.projects.chart.ChartLayout;
import preflab.projects.chart.ViewPort;

/**
 * Zooms and moves a chart along its horizontal axis: drag over a range to see only that, drag with Shift to move, turn
 * the wheel with Ctrl to zoom at the pointer, double-click for everything; + and −, Shift with the arrow keys, and 0 do
 * the same by keyboard.
 */
final class ChartGestures {

    /** What is added or taken away by a turn of the wheel or a key. */
    private static final double ZOOM = 1.3;
    /** Share of the width that a key moves by. */
    private static final double MOVE = 0.2;
    /** Shorter drags, in pixels, are clicks. */
    private static final double CLICK = 5;

    private final ChartView chart;
    private double pressed = Double.NaN;
    private double lastX;
    private boolean moving;

    ChartGestures(ChartView chart) {
        this.chart = chart;
        chart.addEventHandler(MouseEvent.MOUSE_PRESSED, this::press);
        chart.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::drag);
        chart.addEventHandler(MouseEvent.MOUSE_RELEASED, this::release);
        chart.addEventHandler(MouseEvent.MOUSE_CLICKED, e -> {
            if (e.getClickCount() == 2 && e.getButton() == MouseButton.PRIMARY) {
                show(ViewPort.ALL);
            }
        });
        chart.addEventHandler(ScrollEvent.SCROLL, this::scroll);
        chart.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
    }

    private void press(MouseEvent event) {
        chart.requestFocus();
        if (event.getButton() == MouseButton.PRIMARY) {
            pressed = event.getX();
            lastX = event.getX();
            moving = event.isShiftDown();
        }
    }

    private void drag(MouseEvent event) {
        chart.placed().filter(layout -> !Double.isNaN(pressed)).ifPresent(layout -> {
            if (moving) {
                move(layout, lastX - event.getX());
                lastX = event.getX();
            } else {
                chart.paintChosen(within(layout, pressed), within(layout, event.getX()));
            }
        });
    }

    private void release(MouseEvent event) {
        chart.placed().filter(layout -> !Double.isNaN(pressed) && !moving).ifPresent(layout -> {
            double from = within(layout, Math.min(pressed, event.getX()));
            double to = within(layout, Math.max(pressed, event.getX()));
            if (to - from >= CLICK) {
                show(layout, from, to);
            }
        });
        pressed = Double.NaN;
    }

    private static double within(ChartLayout layout, double column) {
        return Math.clamp(column, layout.left(), layout.right());
    }

    /** The wheel alone belongs to the list of charts. */
    private void scroll(ScrollEvent event) {
        if (event.isControlDown() && event.getDeltaY() != 0) {
            zoom(event.getX(), event.getDeltaY() > 0 ? 1 / ZOOM : ZOOM);
            event.consume();
        }
    }

    private void key(KeyEvent event) {
        double middle = chart.getWidth() / 2;
        if (event.isShortcutDown() || event.isAltDown()) {
            return;
        }
        switch (event.getText()) {
            case "+", "=" -> zoom(middle, 1 / ZOOM);
            case "-", "−" -> zoom(middle, ZOOM);
            case "0" -> show(ViewPort.ALL);
            default -> {
                if (!event.isShiftDown() || (event.getCode() != KeyCode.LEFT && event.getCode() != KeyCode.RIGHT)) {
                    return;
                }
                double side = event.getCode() == KeyCode.RIGHT ? MOVE : -MOVE;
                chart.placed().ifPresent(layout -> move(layout, side * (layout.right() - layout.left())));
            }
        }
        event.consume();
    }

    private void zoom(double column, double factor) {
        chart.placed().ifPresent(layout -> {
            double at = within(layout, column);
            show(layout, at - (at - layout.left()) * factor, at + (layout.right() - at) * factor);
        });
    }

    /** By so many pixels; not beyond what there is. */
    private void move(ChartLayout layout, double pixels) {
        ViewPort all = layout.places();
        double first = layout.columnOf(all.fromX());
        double last = layout.columnOf(all.toX());
        double by = Math.clamp(pixels, Math.min(0, first - layout.left()), Math.max(0, last - layout.right()));
        show(layout, layout.left() + by, layout.right() + by);
    }

    private void show(ChartLayout layout, double fromColumn, double toColumn) {
        ViewPort all = layout.places();
        double from = Math.max(all.fromX(), layout.placeAt(fromColumn));
        double to = Math.min(all.toX(), layout.placeAt(toColumn));
        show(from <= all.fromX() && to >= all.toX() ? ViewPort.ALL : ViewPort.places(from, to));
    }

    /** Keeps the values that the chart is held to. */
    private void show(ViewPort view) {
        ViewPort now = chart.model().viewProperty().get();
        chart.model().viewProperty().set(view.withValues(now.fromY(), now.toY()));
    }
}
