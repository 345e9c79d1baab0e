package preflab.app.chart;

import java.util.List;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import preflab.projects.chart.Chart;
import preflab.projects.chart.Palette;
import preflab.projects.chart.ViewPort;

/** What one chart on the screen shows. Several charts that share a {@link #cursor} move their crosshairs together. */
public final class ChartModel {

    private final ObjectProperty<Chart> chart = new SimpleObjectProperty<>(Chart.ofSteps("", List.of()));
    private final ObjectProperty<Palette> palette;
    private final ObjectProperty<ViewPort> view;
    private final DoubleProperty cursor;

    /**
     * A chart with the palette and the cursor of others.
     *
     * @param cursor
     *            the place under the pointer; NaN where there is none
     */
    public ChartModel(ObjectProperty<Palette> palette, DoubleProperty cursor) {
        this(palette, cursor, view());
    }

    /** A chart that is zoomed and moved together with others. */
    public ChartModel(ObjectProperty<Palette> palette, DoubleProperty cursor, ObjectProperty<ViewPort> view) {
        this.palette = palette;
        this.cursor = cursor;
        this.view = view;
    }

    /** Weight of the past where lines are smoothed: about the last ten points. */
    public static final double SMOOTHING = 0.9;

    /** A cursor for charts to share. */
    public static DoubleProperty cursor() {
        return new SimpleDoubleProperty(Double.NaN);
    }

    /** A view for charts to share. */
    public static ObjectProperty<ViewPort> view() {
        return new SimpleObjectProperty<>(ViewPort.ALL);
    }

    public ObjectProperty<Chart> chartProperty() {
        return chart;
    }

    public ObjectProperty<Palette> paletteProperty() {
        return palette;
    }

    public ObjectProperty<ViewPort> viewProperty() {
        return view;
    }

    public DoubleProperty cursorProperty() {
        return cursor;
    }
}
