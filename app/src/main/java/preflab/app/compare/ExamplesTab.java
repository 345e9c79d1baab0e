package preflab.app.compare;

import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.chart.CloudView;
import preflab.app.widget.EmptyState;
import preflab.app.widget.Nodes;
import preflab.projects.chart.Cloud;
import preflab.projects.chart.Palette;
import preflab.projects.compare.ExampleRow;

/** One row after another as the picked runs answer and score it: all of them as points and lines, one in full. */
final class ExamplesTab extends VBox {

    private final ExamplesController controller;
    private final ExamplesModel examples;
    private final Consumer<Cloud> whenSaved;
    private final CloudView cloud;
    private final Label pointed = Nodes.ellipsized("muted", "small");

    /**
     * @param whenSaved
     *            who saves the points as a picture
     */
    ExamplesTab(ExamplesController controller, ObjectProperty<Palette> palette, Consumer<Cloud> whenSaved) {
        this.whenSaved = whenSaved;
        this.controller = controller;
        this.examples = controller.model();
        this.cloud = new CloudView(palette);
        getStyleClass().add("tab-body");
        EmptyState none = new EmptyState(Feather.MESSAGE_SQUARE, "No examples",
                "Pick runs in the table above: the rows they were held against or trained on appear here, with what"
                        + " each answered.");
        Nodes.showWhen(none, Bindings.isEmpty(examples.rows()));
        SplitPane split = new SplitPane(overview(), new ExamplePane(controller));
        split.setDividerPositions(0.42);
        Nodes.showWhen(split, Bindings.isNotEmpty(examples.rows()));
        StackPane body = new StackPane(split, none);
        VBox.setVgrow(body, Priority.ALWAYS);
        getChildren().addAll(new ExamplesBar(controller), body);
        examples.rows().subscribe(this::draw);
        examples.fromProperty().subscribe(this::draw);
        examples.toProperty().subscribe(this::draw);
    }

    private Node overview() {
        SplitPane split = new SplitPane(scatter(), new ExampleList(examples));
        split.setOrientation(Orientation.VERTICAL);
        split.setDividerPositions(0.55);
        split.setMinWidth(260);
        return split;
    }

    private Node scatter() {
        var from = ExamplesBar.choice("compare-examples-from", "Change from", examples.sources(),
                examples.fromProperty(), ExampleSource::name, 185);
        var to = ExamplesBar.choice("compare-examples-to", "to", examples.sources(), examples.toProperty(),
                ExampleSource::name, 185);
        Button save = Nodes.iconButton(Feather.SAVE, "Save these points as PNG or SVG…",
                () -> whenSaved.accept(cloud.cloudProperty().get()));
        save.setId("compare-cloud-save");
        save.disableProperty().bind(cloud.cloudProperty().isNull());
        FlowPane bar = new FlowPane(6, 4, Nodes.label("Change from", "muted", "small"), from,
                Nodes.label("to", "muted", "small"), to, save);
        bar.setAlignment(Pos.CENTER_LEFT);
        cloud.setId("compare-cloud");
        cloud.setWhenOpened(row -> examples.selectedProperty().set(row));
        cloud.chosenProperty().bind(examples.selectedProperty());
        cloud.pointedProperty().subscribe(this::tell);
        pointed.setId("compare-cloud-words");
        StackPane drawn = new StackPane(cloud, unscored());
        VBox.setVgrow(drawn, Priority.ALWAYS);
        VBox box = new VBox(4, bar, drawn, pointed);
        box.setMinHeight(150);
        box.setPadding(new Insets(0, 4, 4, 12));
        return box;
    }

    private Node unscored() {
        Button score = Nodes.button("Score rows", Feather.ACTIVITY, controller::score);
        score.disableProperty().bind(examples.scoringProperty().or(examples.completeProperty()));
        EmptyState state = new EmptyState(Feather.CROSSHAIR, "Not scored yet",
                "Scoring shows how the log-probability of every answer moved between two of these, token by token.",
                score);
        EmptyState nothing = new EmptyState(Feather.SLASH, "Nothing to score with",
                "None of the picked runs left a checkpoint, so how answers moved cannot be computed.");
        Nodes.showWhen(state, cloud.cloudProperty().isNull().and(Bindings.isNotEmpty(examples.sources())));
        Nodes.showWhen(nothing, Bindings.isEmpty(examples.sources()));
        StackPane both = new StackPane(state, nothing);
        both.setPickOnBounds(false); // points beneath are clicked
        return both;
    }

    private void draw() {
        Cloud drawn = examples.cloud();
        if (drawn == null || !drawn.equals(cloud.cloudProperty().get())) {
            cloud.cloudProperty().set(drawn);
        }
        tell(cloud.pointedProperty().get());
    }

    private void tell(Integer row) {
        pointed.setText(row == null
                ? "Point at an example, or go through them with the arrow keys; Enter opens."
                : examples.rows().stream().filter(example -> example.row() == row).findFirst().map(this::words)
                        .orElse(""));
    }

    private String words(ExampleRow row) {
        Cloud.Point point = cloud.cloudProperty().get().points().stream().filter(p -> p.id() == row.row()).findFirst()
                .orElseThrow();
        return "Row " + (row.row() + 1) + ": " + ExampleList.signed(point.x()) + ", " + ExampleList.signed(point.y())
                + "  " + row.prompt().strip().replaceAll("\\s+", " ");
    }
}
