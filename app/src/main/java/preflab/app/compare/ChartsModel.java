package preflab.app.compare;

import java.util.List;
import java.util.Map;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import preflab.app.chart.ChartModel;
import preflab.projects.chart.Chart;
import preflab.projects.chart.Scales;
import preflab.projects.chart.ViewPort;
import preflab.projects.compare.XAxis;

/** What the charts of the picked runs show, and over what. */
public final class ChartsModel {

    /**
     * Charts read in more detail than can be drawn of the whole.
     *
     * @param from
     *            first step read
     * @param to
     *            last step read
     * @param byTitle
     *            the charts by their metric
     */
    record Detail(double from, double to, Map<String, Chart> byTitle) {
        static final Detail NONE = new Detail(Double.NaN, Double.NaN, Map.of());

        Detail {
            byTitle = Map.copyOf(byTitle);
        }

        boolean covers(ViewPort view) {
            return view.isZoomed() && view.fromX() >= from && view.toX() <= to;
        }
    }

    private final ObservableList<Chart> charts = FXCollections.observableArrayList();
    private final ObjectProperty<Detail> detail = new SimpleObjectProperty<>(Detail.NONE);
    private final ObservableList<XAxis> axes = FXCollections.observableArrayList(XAxis.PROGRESS);
    private final ObjectProperty<XAxis> axis = new SimpleObjectProperty<>(XAxis.STEP);
    private final BooleanProperty logX = new SimpleBooleanProperty();
    private final BooleanProperty logY = new SimpleBooleanProperty();
    private final BooleanProperty seedsAsBands = new SimpleBooleanProperty();
    private final BooleanProperty nothing = new SimpleBooleanProperty();
    private final BooleanProperty apart = new SimpleBooleanProperty();
    private final StringProperty enlarged = new SimpleStringProperty("");
    private final ObjectProperty<ViewPort> view = ChartModel.view();

    /** One for each metric, the telling ones first. */
    public ObservableList<Chart> charts() {
        return charts;
    }

    ObjectProperty<Detail> detailProperty() {
        return detail;
    }

    /** What the horizontal axis may count. */
    public ObservableList<XAxis> axes() {
        return axes;
    }

    /** What it counts. */
    public ObjectProperty<XAxis> axisProperty() {
        return axis;
    }

    public BooleanProperty logXProperty() {
        return logX;
    }

    public BooleanProperty logYProperty() {
        return logY;
    }

    /** Whether runs alike but for the seed are one line within a band. */
    public BooleanProperty seedsAsBandsProperty() {
        return seedsAsBands;
    }

    /** Whether the enlarged metric has a chart for each line instead of one for all. */
    public BooleanProperty apartProperty() {
        return apart;
    }

    /** The metric that fills the pane; empty while all are shown. */
    public StringProperty enlargedProperty() {
        return enlarged;
    }

    /** The part that all charts show. */
    public ObjectProperty<ViewPort> viewProperty() {
        return view;
    }

    Scales scales() {
        return new Scales(logX.get(), logY.get());
    }

    /** As the chart is to be drawn: in detail where that was read, on the axes chosen. */
    Chart drawn(Chart chart) {
        Chart best = detail.get().covers(view.get())
                ? detail.get().byTitle().getOrDefault(chart.title(), chart)
                : chart;
        return best.withScales(scales());
    }

    /** The chart of this metric as it is drawn. */
    public Chart drawnOf(String title) {
        return drawn(charts.stream().filter(chart -> chart.title().equals(title)).findFirst().orElseThrow());
    }

    List<String> titles() {
        return charts.stream().map(Chart::title).toList();
    }

    /** Whether all was read and there is nothing to draw: no metric was logged at two places. */
    public BooleanProperty nothingProperty() {
        return nothing;
    }
}
