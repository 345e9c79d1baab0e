package preflab.app.catalogue;

import java.util.List;
import java.util.Locale;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.collections.FXCollections;
import javafx.scene.Node;
import javafx.scene.control.Button;
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
import preflab.engine.bandit.BanditExperiment;
import preflab.projects.chart.Palette;
import preflab.projects.chart.Plot;
import preflab.projects.chart.Rgb;

/** A preset with its objectives and sliders at the left; bars and distances that move at the right. */
final class BanditView extends VBox {

    private final BanditController controller;
    private final BanditModel model;
    private final ObjectProperty<Palette> palette;

    BanditView(BanditController controller, PlotSaver saver, ObjectProperty<Palette> palette) {
        this.controller = controller;
        this.model = controller.model();
        this.palette = palette;
        setId("bandit");
        getStyleClass().add("tab-body");
        SplitPane split = new SplitPane(side(), drawings(saver));
        split.setDividerPositions(0.28);
        SplitPane.setResizableWithParent(split.getItems().getFirst(), false);
        VBox.setVgrow(split, Priority.ALWAYS);
        getChildren().add(split);
        Frames.run(this, model.playingProperty(), controller::frame);
        sceneProperty().subscribe(scene -> {
            if (scene != null) {
                controller.start();
            }
        });
    }

    private Node side() {
        ComboBox<BanditPreset> presets = new ComboBox<>(FXCollections.observableArrayList(BanditPreset.ALL));
        presets.setId("bandit-preset");
        presets.setAccessibleText("Experiment");
        presets.setMaxWidth(Double.MAX_VALUE);
        presets.valueProperty().bindBidirectional(model.presetProperty());
        Label lesson = Nodes.wrapped("", "muted", "small");
        lesson.textProperty().bind(model.presetProperty().map(BanditPreset::lesson));
        Label problem = Nodes.wrapped("", "field-problem");
        problem.setId("bandit-problem");
        problem.textProperty().bind(model.problemProperty());
        Nodes.showWhen(problem, model.problemProperty().isNotEmpty());
        VBox side = new VBox(10, presets, lesson, buttons(), slider("Steps a frame", 1, 50, true),
                slider("Penalty α", 0, 2, false), problem, lines(), sliders());
        side.getStyleClass().add("side");
        side.setMinWidth(300);
        side.setPrefWidth(360);
        side.setMaxWidth(420);
        return side;
    }

    private Node buttons() {
        Button play = Nodes.primary(Nodes.button("Play", Feather.PLAY,
                () -> model.playingProperty().set(!model.playingProperty().get())));
        play.setId("bandit-play");
        play.setMinWidth(92);
        model.playingProperty().subscribe(playing -> {
            play.setText(playing ? "Pause" : "Play");
            play.setGraphic(new FontIcon(playing ? Feather.PAUSE : Feather.PLAY));
        });
        Button step = Nodes.button("Step", Feather.SKIP_FORWARD, controller::frame);
        step.setId("bandit-step");
        step.disableProperty().bind(model.playingProperty());
        Button restart = Nodes.button("Restart", Feather.ROTATE_CCW, controller::restart);
        restart.setId("bandit-restart");
        return Nodes.row(8, play, step, restart);
    }

    private Node slider(String title, double low, double high, boolean speed) {
        Slider slider = new Slider(low, high, low);
        slider.setAccessibleText(title);
        HBox.setHgrow(slider, Priority.ALWAYS);
        slider.setMaxWidth(Double.MAX_VALUE);
        Label value = Nodes.label("", "muted");
        value.setMinWidth(44);
        if (speed) {
            slider.setId("bandit-speed");
            slider.valueProperty().bindBidirectional(model.speedProperty());
            value.textProperty().bind(Bindings.format(Locale.ROOT, "%d", model.speedProperty()));
        } else {
            slider.setId("bandit-penalty");
            slider.valueProperty().bindBidirectional(model.penaltyProperty());
            value.textProperty().bind(Bindings.format(Locale.ROOT, "%.2f", model.penaltyProperty()));
        }
        Label name = Nodes.label(title);
        name.setMinWidth(ParamForm.LABEL_WIDTH);
        return Nodes.row(10, name, slider, value);
    }

    private Node lines() {
        ListView<BanditLine> list = new ListView<>(model.lines());
        list.setId("bandit-lines");
        list.setAccessibleText("Objectives at work");
        list.setCellFactory(view -> new LineCell());
        list.setMinHeight(100);
        list.setPrefHeight(190);
        VBox.setVgrow(list, Priority.SOMETIMES);
        list.getSelectionModel().selectedItemProperty().subscribe(line -> {
            if (line != null) {
                model.focusedProperty().set(line);
            }
        });
        model.focusedProperty().subscribe(line -> list.getSelectionModel().select(line));
        return list;
    }

    private Node sliders() {
        ScrollPane scroll = new ScrollPane();
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("edge-to-edge");
        scroll.setMinHeight(120);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        model.focusedProperty().subscribe(line -> {
            if (line != null) {
                scroll.setContent(
                        new VBox(6, Nodes.label(line.name(), "section-title"), new ParamForm(line.form())));
            }
        });
        return scroll;
    }

    private Node drawings(PlotSaver saver) {
        BanditBars bars = new BanditBars(model, palette);
        bars.setId("bandit-bars");
        return Drawings.of(Drawings.Large.ABOVE, SavedPlot.of(bars, saver, "probabilities", bars::csv),
                plot(saver, "bandit-truth", model.truthProperty()),
                plot(saver, "bandit-reference", model.referenceProperty()));
    }

    private Node plot(PlotSaver saver, String id, ObjectProperty<Plot> plot) {
        PlotView view = new PlotView(plot.get(), palette);
        view.setId(id);
        view.plotProperty().bind(plot);
        return SavedPlot.of(view, saver, palette);
    }

    /** The colour, the name, and how far it is from π*. */
    private final class LineCell extends ListCell<BanditLine> {
        private final Rectangle swatch = new Rectangle(12, 12);
        private final Label name = Nodes.ellipsized();
        private final Label distance = Nodes.label("", "muted", "small");
        private final Node row = Nodes.row(8, swatch, name, Nodes.spacer(), distance);

        LineCell() {
            swatch.setArcWidth(4);
            swatch.setArcHeight(4);
            distance.setMinWidth(USE_PREF_SIZE);
            model.framesProperty().subscribe(this::refresh);
            palette.subscribe(this::refresh);
        }

        private void refresh() {
            BanditLine line = getItem();
            if (line != null) {
                Rgb rgb = palette.get().line(line.colour());
                swatch.setFill(Color.rgb(rgb.red(), rgb.green(), rgb.blue()));
                BanditExperiment.View view = line.viewProperty().get();
                distance.setText(view == null
                        ? ""
                        : String.format(Locale.ROOT, "step %d · %.3f from π*", view.steps(), view.truthDistance()));
            }
        }

        @Override
        protected void updateItem(BanditLine line, boolean empty) {
            super.updateItem(line, empty);
            name.setText(empty || line == null ? "" : line.name());
            refresh();
            setGraphic(empty || line == null ? null : row);
        }
    }
}
