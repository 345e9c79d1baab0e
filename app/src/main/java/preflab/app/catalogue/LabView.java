package preflab.app.catalogue;

import java.util.List;
import java.util.Locale;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.collections.ListChangeListener;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Slider;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import preflab.app.chart.PlotView;
import preflab.app.form.ParamForm;
import preflab.app.widget.Nodes;
import preflab.projects.chart.Palette;
import preflab.projects.chart.Rgb;

/** Objectives to tick at the left with the sliders of the chosen one; loss, pull and map at the right. */
final class LabView extends VBox {

    private final LabController controller;
    private final LabModel model;
    private final ObjectProperty<Palette> palette;

    LabView(LabController controller, PlotSaver saver, ObjectProperty<Palette> palette) {
        this.controller = controller;
        this.model = controller.model();
        this.palette = palette;
        setId("lab");
        getStyleClass().add("tab-body");
        SplitPane split = new SplitPane(side(), drawings(saver));
        split.setDividerPositions(0.28);
        SplitPane.setResizableWithParent(split.getItems().getFirst(), false);
        VBox.setVgrow(split, Priority.ALWAYS);
        getChildren().add(split);
        Frames.run(this, model.replayingProperty(), controller::frame);
        sceneProperty().subscribe(scene -> {
            if (scene != null && model.lossProperty().get().lines().isEmpty()) {
                controller.start();
            }
        });
    }

    private Node side() {
        ListView<LabEntry> list = new ListView<>();
        list.setId("lab-objectives");
        list.setAccessibleText("Objectives to draw");
        list.getItems().setAll(model.entries());
        list.setCellFactory(view -> new EntryCell());
        list.getSelectionModel().select(model.focusedProperty().get());
        list.getSelectionModel().selectedItemProperty().subscribe(entry -> {
            if (entry != null) {
                model.focusedProperty().set(entry);
            }
        });
        model.focusedProperty().subscribe(entry -> list.getSelectionModel().select(entry));
        list.setOnKeyPressed(e -> {
            if (e.getText().equals(" ")) {
                LabEntry entry = model.focusedProperty().get();
                entry.drawnProperty().set(!entry.drawnProperty().get());
                e.consume();
            }
        });
        VBox.setVgrow(list, Priority.ALWAYS);
        list.setMinHeight(120);
        CheckBox scaled = new CheckBox("Every line to its own scale");
        scaled.setId("lab-scaled");
        scaled.selectedProperty().bindBidirectional(model.scaledProperty());
        VBox side = new VBox(10, list, span(), run(), replay(), scaled, sliders());
        side.getStyleClass().add("side");
        side.setMinWidth(300);
        side.setPrefWidth(360);
        return side;
    }

    private Node span() {
        Slider slider = new Slider(1, 50, model.spanProperty().get());
        slider.setId("lab-span");
        slider.setAccessibleText("Range of log-ratios");
        slider.valueProperty().bindBidirectional(model.spanProperty());
        Label value = Nodes.label("", "muted");
        value.textProperty().bind(Bindings.format(Locale.ROOT, "± %.0f", model.spanProperty()));
        value.setMinWidth(44);
        Label name = Nodes.label("Log-ratios");
        name.setMinWidth(ParamForm.LABEL_WIDTH);
        slider.setMaxWidth(Double.MAX_VALUE);
        HBox row = Nodes.row(10, name, slider, value);
        HBox.setHgrow(slider, Priority.ALWAYS);
        return row;
    }

    private Node run() {
        ComboBox<MapRun> runs = new ComboBox<>(model.runs());
        runs.setId("lab-run");
        runs.setAccessibleText("Run whose batches lie over the map");
        runs.setMaxWidth(Double.MAX_VALUE);
        runs.setPromptText(model.runs().isEmpty() ? "no run on pairs yet" : "none");
        model.runs().addListener((ListChangeListener<MapRun>) change -> runs
                .setPromptText(model.runs().isEmpty() ? "no run on pairs yet" : "none"));
        runs.setCellFactory(view -> new RunCell());
        runs.setButtonCell(new RunCell());
        runs.valueProperty().bindBidirectional(model.runProperty());
        Button clear = Nodes.iconButton(Feather.X, "No run over the map", () -> model.runProperty().set(null));
        clear.disableProperty().bind(model.runProperty().isNull());
        Label name = Nodes.label("Run on the map");
        name.setMinWidth(ParamForm.LABEL_WIDTH);
        HBox row = Nodes.row(10, name, runs, clear);
        HBox.setHgrow(runs, Priority.ALWAYS);
        return row;
    }

    /** Lets the batches of the chosen run appear again, one after the other. */
    private Node replay() {
        Button play = Nodes.iconButton(Feather.PLAY, "Replay the run", controller::replay);
        play.setId("lab-replay");
        model.replayingProperty().subscribe(on -> play.setGraphic(new FontIcon(on ? Feather.PAUSE : Feather.PLAY)));
        Slider slider = new Slider(0, 1, 1);
        slider.setId("lab-replayed");
        slider.setAccessibleText("How much of the run is shown");
        slider.valueProperty().bindBidirectional(model.replayedProperty());
        slider.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(slider, Priority.ALWAYS);
        Label step = Nodes.label("", "muted");
        step.setId("lab-replay-step");
        step.setMinWidth(64);
        step.textProperty().bind(Bindings.createStringBinding(() -> model.shownCloud().isEmpty()
                ? ""
                : String.format(Locale.ROOT, "step %d", model.shownCloud().getLast().step()),
                model.cloudProperty(), model.replayedProperty()));
        HBox row = Nodes.row(10, play, slider, step);
        row.setPadding(new Insets(0, 0, 0, ParamForm.LABEL_WIDTH));
        Nodes.showWhen(row, model.runProperty().isNotNull());
        return row;
    }

    private Node sliders() {
        ScrollPane scroll = new ScrollPane();
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("edge-to-edge");
        scroll.setMinHeight(150);
        scroll.setPrefHeight(240);
        model.focusedProperty().subscribe(entry -> {
            Label title = Nodes.label(entry.type().name(), "section-title");
            scroll.setContent(new VBox(6, title, new ParamForm(entry.form())));
        });
        return scroll;
    }

    private Node drawings(PlotSaver saver) {
        PlotView loss = new PlotView(model.lossProperty().get(), palette);
        loss.setId("lab-loss");
        loss.plotProperty().bind(model.lossProperty());
        PlotView pull = new PlotView(model.pullProperty().get(), palette);
        pull.setId("lab-pull");
        pull.plotProperty().bind(model.pullProperty());
        pull.readingProperty().bindBidirectional(loss.readingProperty());
        LossMapView map = new LossMapView(model, palette);
        map.setId("lab-map");
        return Drawings.of(Drawings.Large.RIGHT, SavedPlot.of(map, saver, "map", map::csv),
                SavedPlot.of(loss, saver, palette), SavedPlot.of(pull, saver, palette));
    }

    /** A tick, the colour of its line, and the name. */
    private final class EntryCell extends ListCell<LabEntry> {
        private final CheckBox tick = new CheckBox();
        private final Rectangle swatch = new Rectangle(12, 12);
        private final Label name = Nodes.ellipsized();
        private final Node row = Nodes.row(8, tick, swatch, name);
        private LabEntry shown;

        EntryCell() {
            swatch.setArcWidth(4);
            swatch.setArcHeight(4);
            tick.setFocusTraversable(false);
            palette.subscribe(colours -> colour());
            swatch.visibleProperty().bind(tick.selectedProperty());
            tick.selectedProperty().subscribe(on -> colour());
        }

        private void colour() {
            if (shown != null) {
                Rgb rgb = palette.get().line(shown.colourProperty().get());
                swatch.setFill(Color.rgb(rgb.red(), rgb.green(), rgb.blue()));
            }
        }

        @Override
        protected void updateItem(LabEntry entry, boolean empty) {
            super.updateItem(entry, empty);
            if (shown != null) {
                tick.selectedProperty().unbindBidirectional(shown.drawnProperty());
            }
            shown = empty ? null : entry;
            if (shown == null) {
                setGraphic(null);
                return;
            }
            tick.selectedProperty().bindBidirectional(shown.drawnProperty());
            tick.setAccessibleText("Draw " + shown.type().name());
            name.setText(shown.type().name());
            colour();
            setGraphic(row);
        }
    }

    /** Number and name of a run. */
    private static final class RunCell extends ListCell<MapRun> {
        @Override
        protected void updateItem(MapRun run, boolean empty) {
            super.updateItem(run, empty);
            setText(empty || run == null ? "" : run.toString());
        }
    }
}
