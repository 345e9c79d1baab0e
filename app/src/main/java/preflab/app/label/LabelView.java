package preflab.app.label;

import javafx.scene.Node;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.EmptyState;
import preflab.app.widget.Nodes;
import preflab.app.widget.ScreenHeader;

/** The nodes of the Label screen. */
public final class LabelView extends StackPane {

    private final LabelController controller;
    private final LabelModel model;

    public LabelView(LabelController controller) {
        this.controller = controller;
        this.model = controller.model();
        setId("label");
        PagePane page = new PagePane(model, controller);
        VBox top = new VBox(header(), new SetupBar(controller), new ProgressLine(controller));
        BorderPane screen = new BorderPane(middle(page), top, null, bottom(), null);
        getChildren().addAll(screen, new KeySheet(model));
        var _ = new LabelKeyboard(this, page, controller);
    }

    private Node header() {
        return new ScreenHeader("Label");
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
        ThresholdBar threshold = new ThresholdBar(model, controller::keepThreshold);
        Nodes.showWhen(threshold, model.pageProperty().isNotNull().and(model.valuedProperty()));
        return new VBox(new AskBar(controller), threshold);
    }
}
