package preflab.app.compare;

import javafx.beans.InvalidationListener;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.Property;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.controlsfx.control.PopOver;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.Nodes;
import preflab.projects.chart.ViewPort;
import preflab.projects.compare.XAxis;

/** What stands over the charts: what they are drawn over and how. */
final class ChartsBar extends FlowPane {

    private static final double AXIS_WIDTH = 170;

    private static final String MOUSE = """
            Drag: see only that range
            Shift and drag: move
            Ctrl and wheel: zoom at the pointer
            Double click: everything again""";
    private static final String KEYS = """
            ← →: the cursor
            Shift ← →: move
            + and −: zoom
            0: everything again
            Enter: fill the pane with the metric, or go back""";

    ChartsBar(ChartsModel model) {
        super(10, 6);
        setId("charts-bar");
        setAlignment(Pos.CENTER_LEFT);
        getStyleClass().add("charts-bar");
        Button back = Nodes.button("All charts", Feather.ARROW_LEFT, () -> model.enlargedProperty().set(""));
        back.setId("charts-back");
        back.setTooltip(new Tooltip("Show all metrics again (Esc)"));
        Nodes.showWhen(back, model.enlargedProperty().isNotEmpty());
        HBox lines = together(model.apartProperty());
        Nodes.showWhen(lines, model.enlargedProperty().isNotEmpty());
        Button whole = Nodes.button("Whole range", Feather.ZOOM_OUT, () -> model.viewProperty().set(ViewPort.ALL));
        whole.setId("charts-whole");
        whole.setTooltip(new Tooltip("Undo zooming (0 or a double click in a chart)"));
        Nodes.showWhen(whole, model.viewProperty().map(ViewPort::isZoomed));
        getChildren().addAll(back, axis(model),
                box("Log x", "charts-log-x", "Logarithmic horizontal axis; what is not positive is left out",
                        model.logXProperty()),
                box("Log y", "charts-log-y", "Logarithmic vertical axis; what is not positive is marked at the edge",
                        model.logYProperty()),
                seeds(model), lines, whole, help());
    }

    private static Button help() {
        Button help = Nodes.iconButton(Feather.HELP_CIRCLE, "How to zoom, move and read", () -> {
        });
        help.setId("charts-help");
        help.setOnAction(e -> {
            VBox lines = new VBox(4, Nodes.label("With the mouse", "strong"), Nodes.label(MOUSE),
                    Nodes.label("With the keyboard, in a chart", "strong"), Nodes.label(KEYS));
            lines.setPadding(new Insets(12));
            PopOver over = new PopOver(lines);
            over.setArrowLocation(PopOver.ArrowLocation.TOP_CENTER);
            over.setAnimated(false);
            over.show(help);
        });
        return help;
    }

    private static HBox axis(ChartsModel model) {
        ComboBox<XAxis> axes = new ComboBox<>(model.axes());
        axes.setId("charts-axis");
        axes.setConverter(new StringConverter<>() {
            @Override
            public String toString(XAxis axis) {
                return axis == null ? "" : axis.label() + (axis.kind() == XAxis.Kind.SETTING ? " (setting)" : "");
            }

            @Override
            public XAxis fromString(String text) {
                return XAxis.STEP; // never typed
            }
        });
        axes.setPrefWidth(AXIS_WIDTH);
        axes.setTooltip(new Tooltip("What the horizontal axis counts: progress, a setting in which the runs differ"
                + " (each run is a point), or another metric"));
        axes.setValue(model.axisProperty().get());
        axes.setOnAction(e -> {
            if (axes.getValue() != null) {
                model.axisProperty().set(axes.getValue());
            }
        });
        model.axisProperty().subscribe(axes::setValue);
        model.axes().addListener((InvalidationListener) change -> axes.setValue(model.axisProperty().get()));
        Label over = Nodes.label("Over", "muted");
        over.setLabelFor(axes);
        return Nodes.row(6, over, axes);
    }

    private static CheckBox seeds(ChartsModel model) {
        CheckBox seeds = box("Seeds as bands", "charts-seeds",
                "Runs alike but for the seed are one line, their mean, within ± one standard deviation",
                model.seedsAsBandsProperty());
        seeds.disableProperty().bind(model.axisProperty().map(axis -> axis.kind() == XAxis.Kind.SETTING));
        return seeds;
    }

    private static CheckBox box(String text, String id, String tip, BooleanProperty on) {
        CheckBox box = new CheckBox(text);
        box.setId(id);
        box.setTooltip(new Tooltip(tip));
        box.selectedProperty().bindBidirectional(on);
        box.setMinWidth(USE_PREF_SIZE);
        return box;
    }

    private static HBox together(Property<Boolean> apart) {
        ToggleGroup group = new ToggleGroup();
        ToggleButton overlay = new ToggleButton("Overlay");
        ToggleButton each = new ToggleButton("Each apart");
        overlay.getStyleClass().add("left-pill");
        each.getStyleClass().add("right-pill");
        each.setId("charts-apart");
        overlay.setId("charts-overlay");
        each.setTooltip(new Tooltip("A chart for each line, all with the same axes"));
        overlay.setToggleGroup(group);
        each.setToggleGroup(group);
        overlay.setOnAction(e -> apart.setValue(false));
        each.setOnAction(e -> apart.setValue(true));
        apart.subscribe(on -> group.selectToggle(on ? each : overlay));
        return new HBox(overlay, each);
    }
}
