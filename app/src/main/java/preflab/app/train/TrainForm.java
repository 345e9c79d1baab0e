package preflab.app.train;

import java.util.Locale;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TitledPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.form.ParamForm;
import preflab.app.widget.Nodes;
import preflab.engine.objective.Needs;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.objective.Objectives;
import preflab.engine.param.ParamValues;

/** What to train: data, model, objective with its hyper-parameters, training settings; check and start. */
final class TrainForm extends VBox {

    private static final double MOST_FINDINGS = 190;

    private final TrainModel model;
    private final TrainController controller;

    TrainForm(TrainController controller) {
        this.controller = controller;
        this.model = controller.model();
        getStyleClass().add("train-form");
        VBox fields = new VBox(8, section("Objective"), objective(), section("Data and model"),
                new TrainInputs(controller),
                section("Hyper-parameters"), hyper(), section("Training"), new ParamForm(model.basic()), advanced());
        fields.getStyleClass().add("train-fields");
        ScrollPane scroll = new ScrollPane(fields);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("edge-to-edge");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(scroll, findings(), new EstimateView(model), buttons());
    }

    private static Node section(String title) {
        return Nodes.label(title.toUpperCase(Locale.ROOT), "section-title");
    }

    private Node objective() {
        ComboBox<ObjectiveType<?>> box = new ComboBox<>(FXCollections.observableArrayList(Objectives.ALL));
        box.setId("train-objective");
        box.setAccessibleText("Objective");
        box.setMaxWidth(Double.MAX_VALUE);
        box.setConverter(new Named<>(ObjectiveType::name));
        box.setCellFactory(list -> new ObjectiveCell());
        box.setVisibleRowCount(16);
        box.valueProperty().bindBidirectional(model.objectiveProperty());
        Label summary = Nodes.wrapped("", "small");
        Label formula = Nodes.wrapped("", "formula");
        Label needs = Nodes.wrapped("", "muted", "small");
        model.objectiveProperty().subscribe(type -> {
            summary.setText(type.summary());
            formula.setText(type.formula().plain());
            needs.setText(needs(type));
        });
        VBox words = new VBox(6, formula, summary, needs);
        words.getStyleClass().add("panel");
        return new VBox(6, box, words);
    }

    private static String needs(ObjectiveType<?> type) {
        Needs needs = type.defaultNeeds();
        String frozen = needs.prior() ? "; a frozen prior" : "; a frozen reference";
        String reference = needs.frozenModel() ? frozen : "";
        String head = needs.valueHead() ? "; trains a value head" : "";
        String source = type.citation() == null
                ? ""
                : "\n" + type.citation().authors() + " " + type.citation().year() + ", " + type.citation().title();
        return "Needs " + Fit.words(needs.kinds()) + reference + head + "." + source;
    }

    private Node hyper() {
        StackPane holder = new StackPane();
        model.objectiveProperty().subscribe(type -> holder.getChildren().setAll(type.params().isEmpty()
                ? Nodes.wrapped("This objective has none.", "muted")
                : new ParamForm(model.hyper(type))));
        return holder;
    }

    private Node advanced() {
        TitledPane pane = new TitledPane("Advanced", new ParamForm(model.advanced()));
        pane.setId("train-advanced");
        pane.setExpanded(false);
        pane.setAnimated(false);
        return pane;
    }

    private Node findings() {
        VBox box = new VBox(6);
        box.setId("train-findings");
        Runnable refill = () -> box.getChildren().setAll(model.findings().stream().map(TrainForm::finding).toList());
        model.findings().addListener((ListChangeListener<CheckLine>) change -> refill.run());
        refill.run();
        ScrollPane scroll = new ScrollPane(box);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("edge-to-edge");
        box.heightProperty().subscribe(height -> {
            double shown = Math.min(height.doubleValue() + 2, MOST_FINDINGS);
            scroll.setMinHeight(shown);
            scroll.setPrefHeight(shown);
        });
        scroll.setFocusTraversable(false);
        Nodes.showWhen(scroll, Bindings.isNotEmpty(model.findings()));
        return scroll;
    }

    static Node finding(CheckLine line) {
        Label text = Nodes.label(line.text(), "small");
        return switch (line.verdict()) {
            case GOOD -> Nodes.notice("good", Feather.CHECK_CIRCLE, text);
            case WARNING -> Nodes.notice("warn", Feather.ALERT_TRIANGLE, text);
            case BAD -> Nodes.notice("bad", Feather.X_CIRCLE, text);
        };
    }

    private Node buttons() {
        Button check = Nodes.button("Check", Feather.CHECK, controller::check);
        check.setId("train-check");
        check.disableProperty().bind(model.busyProperty());
        Button start = Nodes.primary(Nodes.button("Start", Feather.PLAY, controller::start));
        start.setId("train-start");
        start.setDefaultButton(true);
        start.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(start, Priority.ALWAYS);
        model.objectiveProperty().subscribe(type -> start.disableProperty()
                .bind(model.busyProperty().or(model.hyper(type).validProperty().not())
                        .or(model.basic().validProperty().not()).or(model.advanced().validProperty().not())));
        HBox row = Nodes.row(8, check, start);
        row.getStyleClass().add("train-buttons");
        return row;
    }

    /** An objective by its name; one that cannot be trained yet is disabled and says why. */
    private static final class ObjectiveCell extends ListCell<ObjectiveType<?>> {
        @Override
        protected void updateItem(ObjectiveType<?> type, boolean empty) {
            super.updateItem(type, empty);
            boolean shown = !empty && type != null;
            setText(shown ? type.trainable() ? type.name() : type.name() + "  (not trainable yet)" : null);
            setDisable(shown && !type.trainable());
            setTooltip(shown
                    ? new Tooltip(type.obstacle(ParamValues.defaults(type.params())).orElse(type.summary()))
                    : null);
        }
    }

    /** Shows things by their name; nobody types them. */
    private static final class Named<T> extends StringConverter<T> {
        private final Function<T, String> name;

        Named(Function<T, String> name) {
            this.name = name;
        }

        @Override
        public String toString(T thing) {
            return thing == null ? "" : name.apply(thing);
        }

        @Override
        public T fromString(String text) {
            throw new UnsupportedOperationException("chosen, never typed: " + text);
        }
    }
}
