package preflab.app.label;

import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.EmptyState;
import preflab.app.widget.Nodes;
import preflab.app.widget.ScreenHeader;
import preflab.datasets.label.LabelTask;

/** The nodes of the Label screen. */
public final class LabelView extends StackPane {

    private final LabelController controller;
    private final LabelModel model;

    public LabelView(LabelController controller) {
        this.controller = controller;
        this.model = controller.model();
        setId("label");
        PagePane page = new PagePane(model, controller);
        VBox top = new VBox(header(), outcome(), new SetupBar(controller), new ProgressLine(controller));
        BorderPane screen = new BorderPane(middle(page), top, null, bottom(), null);
        getChildren().addAll(screen, new KeySheet(model), new PublishSheet(controller),
                new PeopleSheet(controller), new SuggestSheet(controller));
        var _ = new LabelKeyboard(this, page, controller);
    }

    private Node header() {
        Button publish = Nodes.primary(button("label-publish", "Publish", Feather.LAYERS, LabelAction.PUBLISH));
        ScreenHeader header = new ScreenHeader("Label",
                button("label-suggest", "Suggest…", Feather.ZAP, LabelAction.SUGGEST),
                button("label-people-open", "Annotators", Feather.USERS, LabelAction.PEOPLE),
                button("label-export", "Export…", Feather.SHARE, LabelAction.EXPORT),
                button("label-train", "Train on it", Feather.ACTIVITY, LabelAction.TRAIN), publish);
        publish.disableProperty().bind(controller.publishing().publishModel().busyProperty());
        return header;
    }

    /** What came of publishing, until it is closed. */
    private Node outcome() {
        PublishModel made = controller.publishing().publishModel();
        Label text = new Label();
        text.setId("label-note");
        text.setMaxWidth(Double.MAX_VALUE);
        text.textProperty().bind(Bindings.createStringBinding(
                () -> made.problemProperty().get().isEmpty() ? made.noteProperty().get() : made.problemProperty().get(),
                made.noteProperty(), made.problemProperty()));
        HBox notice = Nodes.notice("good", Feather.LAYERS, text);
        made.problemProperty().subscribe(problem -> notice.getStyleClass().set(notice.getStyleClass().size() - 1,
                problem.isEmpty() ? "good" : "bad"));
        notice.getChildren().add(Nodes.iconButton(Feather.X, "Close this message", () -> {
            made.noteProperty().set("");
            made.problemProperty().set("");
        }));
        VBox strip = new VBox(notice);
        strip.getStyleClass().add("label-outcome");
        Nodes.showWhen(strip, text.textProperty().isNotEmpty());
        return strip;
    }

    private Button button(String id, String text, Feather icon, LabelAction action) {
        Button button = Nodes.button(text, icon, () -> controller.act(action));
        button.setId(id);
        Tooltip tooltip = new Tooltip();
        tooltip.textProperty().bind(
                model.keysProperty().map(keys -> action.title() + " (" + keys.shown(action) + ")"));
        button.setTooltip(tooltip);
        BooleanBinding shown = model.pageProperty().isNotNull();
        Nodes.showWhen(button, action == LabelAction.TRAIN
                ? shown.and(model.taskProperty().isEqualTo(LabelTask.STEPS))
                : shown);
        return button;
    }

    private Node middle(PagePane page) {
        KeysPanel keys = new KeysPanel(model);
        HBox.setHgrow(page, Priority.ALWAYS);
        HBox example = new HBox(page, keys);
        example.getStyleClass().add("label-middle");
        Nodes.showWhen(example, model.pageProperty().isNotNull());
        EmptyState nothing = new EmptyState(Feather.EDIT_3, "Nothing to label yet",
                "Import examples on the Data screen: answers in steps, single answers, or pairs. Then give verdicts here,"
                        + " one key each.",
                Nodes.primary(Nodes.button("Go to Data", Feather.DATABASE, controller::goToData)));
        Nodes.showWhen(nothing, model.datasetProperty().isNull());
        EmptyState wait = new EmptyState(Feather.CLOCK, "Opening…", "The examples and what was said about them are"
                + " being read.");
        Nodes.showWhen(wait, model.datasetProperty().isNotNull().and(model.pageProperty().isNull()));
        return new StackPane(nothing, wait, example);
    }

    private Node bottom() {
        ThresholdBar threshold = new ThresholdBar(model, () -> controller.act(LabelAction.KEEP));
        Nodes.showWhen(threshold, model.pageProperty().isNotNull().and(model.valuedProperty()));
        return new VBox(new AskBar(controller), threshold);
    }
}
