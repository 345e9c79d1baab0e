package preflab.app.data;

import java.util.Map;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.EmptyState;
import preflab.app.widget.Nodes;
import preflab.app.widget.Words;
import preflab.datasets.example.PreferenceExample;

/** One example in full: prompt, answers, steps with verdicts and Q values. */
final class ExampleInspector extends StackPane {

    ExampleInspector(DataModel model) {
        getStyleClass().add("inspector");
        setId("data-inspector");
        setMinWidth(236);
        model.exampleProperty().subscribe(example -> getChildren().setAll(example == null ? empty() : page(example)));
    }

    private static Node empty() {
        return new EmptyState(Feather.FILE_TEXT, "No row chosen", "Choose a row to read all of it.");
    }

    private static Node page(PreferenceExample example) {
        VBox page = new VBox(10);
        page.getStyleClass().add("inspector-page");
        Label head = Nodes.label("Row " + Words.count(example.id().index() + 1L), "card-title");
        Label from = Nodes.ellipsized("muted", "small");
        from.setText(example.source().file() + ", row " + Words.count(example.source().row()));
        page.getChildren().add(Nodes.row(10, head, from));
        page.getChildren().addAll(new ExampleBlocks(ExampleBlocks.WHOLE).of(example));
        side(example).ifPresent(page.getChildren()::add);
        ScrollPane scroll = new ScrollPane(page);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("edge-to-edge");
        return scroll;
    }

    private static Optional<Node> side(PreferenceExample example) {
        if (example.source().side().isEmpty()) {
            return Optional.empty();
        }
        VBox box = new VBox(2, Nodes.label("Other columns", "section-title"));
        example.source().side().entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
            Label key = Nodes.label(entry.getKey(), "muted", "small");
            key.setMinWidth(90);
            Label value = Nodes.ellipsized("mono");
            value.setText(entry.getValue());
            HBox.setHgrow(value, Priority.ALWAYS);
            box.getChildren().add(Nodes.row(8, key, value));
        });
        return Optional.of(box);
    }
}
