package preflab.app.models;

import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.HeatText;
import preflab.app.widget.Nodes;
import preflab.app.widget.ScreenHeader;
import preflab.app.widget.Words;

/** Models at the left; what the selected one is, and a prompt for one or two of them, at the right. */
public final class ModelsView extends VBox {

    private final ModelsController controller;
    private final ModelsModel model;

    public ModelsView(ModelsController controller) {
        this.controller = controller;
        this.model = controller.model();
        setId("models");
        Button add = Nodes.primary(Nodes.button("Add folder…", Feather.PLUS, controller::add));
        add.setId("models-add");
        Button forget = Nodes.button("Take off the list", Feather.X,
                () -> controller.forget(model.selectedProperty().get()));
        Nodes.showWhen(forget, model.selectedProperty().map(ModelEntry::isAdded).orElse(false));
        Button export = Nodes.button("Export…", Feather.UPLOAD, controller::export);
        export.setId("models-export");
        export.setTooltip(new Tooltip("Copy the selected model in the Hugging Face layout"));
        export.disableProperty().bind(model.selectedProperty().map(e -> e.facts().isEmpty()).orElse(true));
        ScreenHeader header = new ScreenHeader("Models", forget, export, add);
        header.note().textProperty().bind(Bindings.createStringBinding(
                () -> Words.count(model.models().size(), "model"), model.models()));
        SplitPane split = new SplitPane(list(), details());
        split.setDividerPositions(0.2);
        SplitPane.setResizableWithParent(split.getItems().getFirst(), false);
        StackPane body = new StackPane(split);
        body.getStyleClass().add("screen-body");
        VBox.setVgrow(body, Priority.ALWAYS);
        getChildren().addAll(header, body);
    }

    private Node list() {
        ListView<ModelEntry> list = new ListView<>(model.models());
        list.setId("models-list");
        list.setAccessibleText("Models");
        list.setCellFactory(view -> new ModelCell());
        list.setMinWidth(190);
        list.setMaxWidth(260);
        list.getSelectionModel().selectedItemProperty().subscribe(entry -> {
            if (entry != null) {
                model.selectedProperty().set(entry);
            }
        });
        model.selectedProperty().subscribe(entry -> list.getSelectionModel().select(entry));
        return list;
    }

    private Node details() {
        VBox box = new VBox(12, new FactsCard(model), question(), answers());
        box.getStyleClass().add("models-details");
        ScrollPane scroll = new ScrollPane(box);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("edge-to-edge");
        return scroll;
    }

    private Node question() {
        TextArea prompt = area("models-prompt", "Prompt", "What the models go on from", 3, model.promptProperty());
        TextArea completion = area("models-completion", "Completion to score",
                "Leave empty, and the models answer by themselves", 2, model.completionProperty());
        CheckBox chat = new CheckBox("As a user's turn");
        chat.setTooltip(new Tooltip("Frames the prompt with the model's chat template"));
        chat.selectedProperty().bindBidirectional(model.chatProperty());
        Button ask = Nodes.button("Ask", Feather.PLAY, controller::ask);
        ask.setId("models-ask");
        ask.setTooltip(new Tooltip("Ask (Ctrl+Enter)"));
        ask.disableProperty().bind(model.busyProperty());
        Label waiting = Nodes.label("a process of its own loads the model and answers …", "muted");
        Nodes.showWhen(waiting, model.busyProperty());
        FlowPane settings = new FlowPane(14, 8, labelled("Beside it", others()), chat,
                labelled("Tokens", field("models-tokens", "Tokens at most", model.maxTokensProperty(), 64)),
                labelled("Temperature", field("models-temperature", "Temperature, 0 is greedy",
                        model.temperatureProperty(), 64)),
                labelled("Seed", field("models-seed", "Seed of both", model.seedProperty(), 64)),
                labelled("Stop at", field("models-stop", "Ends the answer where this comes up", model.stopProperty(),
                        90)));
        Label problem = new Label();
        problem.textProperty().bind(model.problemProperty());
        Node notice = Nodes.notice("bad", Feather.ALERT_CIRCLE, problem);
        Nodes.showWhen(notice, model.problemProperty().isNotEmpty());
        VBox card = Nodes.card("Try a prompt", prompt, completion, settings, notice, Nodes.row(10, ask, waiting));
        card.addEventFilter(KeyEvent.KEY_PRESSED, event -> {
            if (event.getCode() == KeyCode.ENTER && event.isShortcutDown()) {
                controller.ask();
                event.consume();
            }
        });
        return card;
    }

    private static TextArea area(String id, String name, String hint, int rows, StringProperty text) {
        TextArea area = new TextArea();
        area.setId(id);
        area.setAccessibleText(name);
        area.setPromptText(hint);
        area.setPrefRowCount(rows);
        area.setMinHeight(USE_PREF_SIZE);
        area.setWrapText(true);
        area.textProperty().bindBidirectional(text);
        area.addEventFilter(KeyEvent.KEY_PRESSED, event -> { // Tab goes on, as in every other field
            if (event.getCode() == KeyCode.TAB && !event.isControlDown()) {
                area.requestFocusTraversal(event.isShiftDown()
                        ? javafx.scene.TraversalDirection.PREVIOUS
                        : javafx.scene.TraversalDirection.NEXT);
                event.consume();
            }
        });
        return area;
    }

    private static TextField field(String id, String name, StringProperty text, double width) {
        TextField field = new TextField();
        field.setId(id);
        field.setAccessibleText(name);
        field.setTooltip(new Tooltip(name));
        field.setPrefWidth(width);
        field.textProperty().bindBidirectional(text);
        return field;
    }

    private static HBox labelled(String text, Node control) {
        Label label = Nodes.label(text);
        label.setLabelFor(control);
        label.setMinWidth(USE_PREF_SIZE);
        return Nodes.row(6, label, control);
    }

    private ComboBox<ModelEntry> others() {
        ComboBox<ModelEntry> box = new ComboBox<>();
        box.setId("models-other");
        box.setAccessibleText("Model asked beside the selected one");
        box.setPromptText("nobody");
        box.setPrefWidth(170);
        Runnable fill = () -> {
            ModelEntry before = model.otherProperty().get();
            box.getItems().setAll(model.models().filtered(entry -> entry.facts().isPresent()));
            box.getItems().addFirst(null);
            model.otherProperty().set(before);
        };
        model.models().addListener((ListChangeListener<ModelEntry>) change -> fill.run());
        fill.run();
        box.setCellFactory(view -> new NameCell());
        box.setButtonCell(new NameCell());
        box.valueProperty().bindBidirectional(model.otherProperty());
        return box;
    }

    private Node answers() {
        HBox columns = new HBox(12, answer("models-answer", model.answerProperty()),
                answer("models-other-answer", model.otherAnswerProperty()));
        columns.getChildren().forEach(column -> HBox.setHgrow(column, Priority.ALWAYS));
        VBox box = new VBox(10, HeatText.legend(), columns);
        Nodes.showWhen(box, model.answerProperty().isNotNull().or(model.otherAnswerProperty().isNotNull()));
        return box;
    }

    private static Node answer(String id, ObjectProperty<Scored> answer) {
        VBox holder = new VBox();
        holder.setId(id);
        holder.setMinWidth(0);
        holder.setPrefWidth(100); // both grow alike
        answer.subscribe(scored -> {
            holder.getChildren().clear();
            if (scored != null) {
                Label facts = Nodes.label(Words.count(scored.logProbs().size(), "token") + " · log-prob "
                        + Words.number(scored.sum()) + " · perplexity " + Words.number(scored.perplexity()), "muted",
                        "small");
                VBox card = Nodes.card(scored.model(),
                        HeatText.ofLogProbs(scored.text(), scored.pieces(), scored.logProbs()), facts);
                holder.getChildren().add(card);
            }
        });
        Nodes.showWhen(holder, answer.isNotNull());
        return holder;
    }

    /** Nobody, or a model's title. */
    private static final class NameCell extends ListCell<ModelEntry> {
        @Override
        protected void updateItem(ModelEntry entry, boolean empty) {
            super.updateItem(entry, empty);
            setText(empty || entry == null ? "nobody" : entry.title() + "  " + entry.origin());
        }
    }

    /** Title, family and size, origin. */
    private static final class ModelCell extends ListCell<ModelEntry> {
        private final Label title = Nodes.ellipsized("strong");
        private final Label family = Nodes.chip("", "busy");
        private final Label size = Nodes.ellipsized("muted", "small");
        private final Label origin = Nodes.ellipsized("muted", "small");
        private final VBox box = new VBox(3, title, Nodes.row(6, family, size), origin);

        ModelCell() {
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(ModelEntry entry, boolean empty) {
            super.updateItem(entry, empty);
            setGraphic(empty || entry == null ? null : box);
            if (!empty && entry != null) {
                title.setText(entry.title());
                family.setText(entry.facts().map(facts -> facts.family()).orElse("unusable"));
                family.getStyleClass().removeAll("busy", "bad");
                family.getStyleClass().add(entry.facts().isPresent() ? "busy" : "bad");
                size.setText(entry.facts().map(facts -> Words.count(facts.parameters()) + " parameters").orElse(""));
                origin.setText(entry.origin());
                setAccessibleText(entry.title() + ", " + family.getText() + ", " + size.getText());
            }
        }
    }
}
