package preflab.app.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.collections.FXCollections;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.EmptyState;
import preflab.app.widget.Nodes;
import preflab.app.widget.WordsFlow;
import preflab.engine.train.Sample;
import preflab.projects.compare.Comparison;
import preflab.projects.compare.SideBySide;

/** Answers to the same prompts, a column for each run. */
final class SamplesTab extends VBox {

    private static final double COLUMN = 190;

    private final ListView<SideBySide> list = new ListView<>();
    private final CompareController controller;
    private final CompareModel model;

    SamplesTab(CompareController controller) {
        this.controller = controller;
        this.model = controller.model();
        getStyleClass().add("tab-body");
        list.setId("compare-samples");
        list.setAccessibleText("Answers to the same prompts");
        list.setPlaceholder(new EmptyState(Feather.MESSAGE_SQUARE, "No samples",
                "Runs with held-out rows answer the same prompts while they train. Choose held-out rows when you"
                        + " start a run."));
        list.setCellFactory(view -> new Cell());
        VBox.setVgrow(list, Priority.ALWAYS);
        getChildren().add(list);
        model.comparisonProperty().subscribe(comparison -> list
                .setItems(FXCollections.observableArrayList(comparison == null ? List.of() : comparison.samples())));
    }

    private Node entry(SideBySide sample) {
        Comparison comparison = model.comparisonProperty().get();
        Region prompt = WordsFlow.readable(sample.prompt().strip(), "mono", "strong");
        HBox.setHgrow(prompt, Priority.ALWAYS);
        HBox head = Nodes.row(8, prompt);
        sample.expected().ifPresent(answer -> head.getChildren().add(right(answer)));
        Button label = Nodes.iconButton(Feather.EDIT_3, "Label row " + (sample.row() + 1) + " of the held-out rows",
                () -> controller.showLabel(sample));
        label.setId("compare-label-" + sample.row());
        head.getChildren().add(label);
        List<Node> columns = new ArrayList<>();
        sample.before().ifPresent(before -> columns.add(answer("before training", Optional.of(before))));
        for (int i = 0; i < sample.answers().size(); i++) {
            columns.add(answer(comparison.names().get(i), sample.answers().get(i)));
        }
        HBox row = new HBox(8, columns.toArray(Node[]::new));
        row.setFillHeight(true);
        return new VBox(6, head, row);
    }

    private static Label right(String answer) {
        Label label = Nodes.label("right: " + answer, "muted", "small");
        label.setMinWidth(USE_PREF_SIZE);
        return label;
    }

    private static Node answer(String title, Optional<Sample> sample) {
        Label name = Nodes.ellipsized("muted", "small");
        name.setText(title);
        HBox head = Nodes.row(6, name, Nodes.spacer());
        sample.flatMap(Sample::correct).ifPresent(
                right -> head.getChildren().add(Nodes.chip(right ? "right" : "wrong", right ? "good" : "bad")));
        Region text = WordsFlow.readable(sample.map(s -> s.completion().strip()).orElse("–"), "mono");
        VBox box = new VBox(4, head, text);
        box.getStyleClass().add("text-block");
        box.setMinWidth(COLUMN);
        box.setPrefWidth(COLUMN);
        HBox.setHgrow(box, Priority.ALWAYS);
        return box;
    }

    /** A prompt with the answers below it. */
    private final class Cell extends ListCell<SideBySide> {
        @Override
        protected void updateItem(SideBySide sample, boolean empty) {
            super.updateItem(sample, empty);
            boolean stale = sample == null || model.comparisonProperty().get() == null;
            setGraphic(empty || stale ? null : entry(sample));
        }
    }
}
