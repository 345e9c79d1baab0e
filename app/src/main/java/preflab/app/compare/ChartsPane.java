package preflab.app.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.InvalidationListener;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.chart.ChartGrid;
import preflab.app.chart.ChartModel;
import preflab.app.chart.ChartView;
import preflab.app.widget.Nodes;
import preflab.projects.chart.Chart;
import preflab.projects.chart.ChartLayout;
import preflab.projects.chart.ChartSeries;
import preflab.projects.chart.Palette;
import preflab.projects.chart.ViewPort;

/**
 * The runs' metrics over each other; one cursor moves through all charts and one zoom holds for all. A metric can fill
 * the pane, all lines in one chart or each in its own with the same axes.
 */
final class ChartsPane extends VBox {

    private static final double LEAST_WIDTH = 270;
    private static final double HEIGHT = 190;

    private final CompareController controller;
    private final ChartsModel model;
    private final ObjectProperty<Palette> palette;
    private final DoubleProperty cursor = ChartModel.cursor();
    private final ScrollPane scroll = new ScrollPane();
    private final ChartGrid many = new ChartGrid(LEAST_WIDTH, HEIGHT);
    private final Map<String, Shown> shown = new HashMap<>();
    private boolean following; // whether a chart of one line is being held to the axes of all

    /** A chart on the screen. */
    private record Shown(ChartModel model, Node node) {
    }

    ChartsPane(CompareController controller, ObjectProperty<Palette> palette) {
        this.controller = controller;
        this.model = controller.charts().model();
        this.palette = palette;
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().addAll("edge-to-edge", "compare-charts");
        scroll.setId("compare-charts");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(new ChartsBar(model), scroll);
        addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            if (e.getCode() == KeyCode.ESCAPE && !model.enlargedProperty().get().isEmpty()) {
                model.enlargedProperty().set("");
                e.consume();
            }
        });
        InvalidationListener look = change -> look();
        model.charts().addListener(look);
        model.detailProperty().addListener(look);
        model.logXProperty().addListener(look);
        model.logYProperty().addListener(look);
        model.apartProperty().addListener(look);
        model.enlargedProperty().addListener(look);
        model.viewProperty().addListener(look);
        controller.model().smoothProperty().addListener(look);
        scroll.viewportBoundsProperty().addListener(look);
        look();
    }

    private void look() {
        Chart large = model.charts().stream().filter(chart -> chart.title().equals(model.enlargedProperty().get()))
                .findFirst().orElse(null);
        Node content = large == null ? all() : model.apartProperty().get() ? apart(large) : alone(large);
        if (!content.equals(scroll.getContent())) {
            scroll.setContent(content);
        }
        scroll.setFitToHeight(large != null && !model.apartProperty().get());
    }

    private Node all() {
        many.show(model.charts().stream().map(chart -> shown(chart.title(), chart, model.viewProperty())).toList());
        return many;
    }

    private Node alone(Chart chart) {
        Node node = shown(chart.title() + " large", chart, model.viewProperty());
        node.setId("compare-chart-large");
        return node;
    }

    private Node apart(Chart chart) {
        ViewPort held = held(chart);
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < chart.series().size(); i++) {
            ChartSeries line = chart.series().get(i);
            String key = chart.title() + " of " + line.name();
            nodes.add(shown(key, only(model.drawn(chart), i), null));
            following = true;
            shown.get(key).model().viewProperty().set(held);
            following = false;
        }
        many.show(nodes);
        return many;
    }

    /** The same axes for every line: those of all of them together. */
    private ViewPort held(Chart chart) {
        ChartLayout together = ChartLayout.of(model.drawn(chart), 400, 300, model.viewProperty().get());
        return ViewPort.places(together.placeAt(together.left()), together.placeAt(together.right()))
                .withValues(together.valueAt(together.bottom()), together.valueAt(together.top()));
    }

    private static Chart only(Chart chart, int line) {
        ChartSeries series = chart.series().get(line);
        String label = chart.yLabel().isEmpty() ? chart.title() : chart.title() + " · " + chart.yLabel();
        return chart.withSeries(series.name(), List.of(series)).withLabel(label)
                .withBands(chart.bands().stream().filter(band -> band.colour() == series.colour()).toList())
                .withMarkers(chart.markers().stream().filter(mark -> mark.colour() == series.colour()).toList());
    }

    /** @param view null for a view of its own, which sends its places to all */
    private Node shown(String key, Chart chart, ObjectProperty<ViewPort> view) {
        Shown one = shown.computeIfAbsent(key, name -> view == null
                ? sending(chart.title())
                : node(chart.title(),
                        new ChartModel(palette, cursor, view)));
        Chart read = view == null ? chart : model.drawn(chart);
        // smoothed only by who has read all points
        Chart drawn = controller.model().smoothProperty().get() ? read : read.withSmoothing(0);
        if (!one.model().chartProperty().get().equals(drawn)) {
            one.model().chartProperty().set(drawn);
        }
        return one.node();
    }

    private Shown sending(String title) {
        ChartModel own = new ChartModel(palette, cursor);
        own.viewProperty().subscribe((before, now) -> {
            if (!following) {
                model.viewProperty().set(now.isZoomed() ? ViewPort.places(now.fromX(), now.toX()) : ViewPort.ALL);
            }
        });
        return node(title, own);
    }

    private Shown node(String title, ChartModel chart) {
        Button save = Nodes.iconButton(Feather.SAVE, "Save this chart as PNG or SVG…",
                () -> controller.saveChart(chart.chartProperty().get(), chart.viewProperty().get(), palette.get()));
        Button enlarge = Nodes.iconButton(Feather.MAXIMIZE_2, "Fill the pane with this metric, or go back (Enter)",
                () -> toggle(title));
        ChartView view = new ChartView(chart);
        view.addEventHandler(KeyEvent.KEY_PRESSED, e -> {
            if (e.getCode() == KeyCode.ENTER) {
                toggle(title);
                e.consume();
            }
        });
        HBox buttons = new HBox(2, enlarge, save);
        buttons.setMaxSize(HBox.USE_PREF_SIZE, HBox.USE_PREF_SIZE);
        buttons.getStyleClass().add("chart-buttons");
        StackPane pane = new StackPane(view, buttons);
        pane.getStyleClass().add("chart-pane");
        StackPane.setAlignment(buttons, Pos.TOP_RIGHT);
        return new Shown(chart, pane);
    }

    private void toggle(String title) {
        boolean back = !model.enlargedProperty().get().isEmpty();
        model.enlargedProperty().set(back ? "" : title);
    }
}
