package preflab.app.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.chart.ChartGrid;
import preflab.app.chart.ChartModel;
import preflab.app.chart.ChartView;
import preflab.app.widget.Nodes;
import preflab.projects.chart.Chart;
import preflab.projects.chart.Palette;
import preflab.projects.compare.Comparison;

/** The runs' metrics over each other; one cursor moves through all charts. */
final class CompareCharts extends ScrollPane {

    private static final double LEAST_WIDTH = 270;
    private static final double HEIGHT = 190;

    private final CompareController controller;
    private final ObjectProperty<Palette> palette;
    private final DoubleProperty cursor = ChartModel.cursor();
    private final ChartGrid grid = new ChartGrid(LEAST_WIDTH, HEIGHT);
    private final Map<String, ChartModel> charts = new LinkedHashMap<>();
    private final Map<String, Node> nodes = new LinkedHashMap<>();

    CompareCharts(CompareController controller, ObjectProperty<Palette> palette) {
        this.controller = controller;
        this.palette = palette;
        setContent(grid);
        setFitToWidth(true);
        setHbarPolicy(ScrollBarPolicy.NEVER);
        getStyleClass().addAll("edge-to-edge", "compare-charts");
        setId("compare-charts");
        controller.model().comparisonProperty().subscribe(this::show);
        controller.model().smoothProperty()
                .subscribe((before, now) -> show(controller.model().comparisonProperty().get()));
    }

    private void show(Comparison comparison) {
        List<Node> shown = new ArrayList<>();
        if (comparison != null) {
            for (Chart chart : comparison.charts()) {
                ChartModel model = charts.computeIfAbsent(chart.title(), title -> new ChartModel(palette, cursor));
                model.chartProperty().set(
                        chart.withSmoothing(controller.model().smoothProperty().get() ? ChartModel.SMOOTHING : 0));
                shown.add(nodes.computeIfAbsent(chart.title(), title -> node(model)));
            }
        }
        grid.show(shown);
    }

    private Node node(ChartModel model) {
        Button save = Nodes.iconButton(Feather.SAVE, "Save this chart as PNG or SVG…",
                () -> controller.saveChart(model.chartProperty().get(), palette.get()));
        save.getStyleClass().add("chart-save");
        StackPane pane = new StackPane(new ChartView(model), save);
        pane.getStyleClass().add("chart-pane");
        StackPane.setAlignment(save, Pos.TOP_RIGHT);
        return pane;
    }
}
