package preflab.app.compare;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.EmptyState;
import preflab.app.widget.Nodes;
import preflab.app.widget.TextSide;
import preflab.app.widget.Words;
import preflab.engine.train.Sample;
import preflab.projects.compare.ExampleRow;

/** The rows that fit, a line each: prompt, right or wrong of each run, and how its log-probabilities changed. */
final class ExampleList extends VBox {

    private static final int LETTERS = 200; // of a prompt, in a line that is cut anyway

    private static final double LINE = 46;
    private static final int NOWHERE = -1;

    private final ExamplesModel examples;
    private final ListView<ExampleRow> list;
    private boolean following;

    ExampleList(ExamplesModel examples) {
        super(6);
        this.examples = examples;
        TextField search = Nodes.search("compare-examples-search", "Search in prompts, or a row's number",
                "Search in prompts", examples.queryProperty());
        var order = ExamplesBar.choice("compare-examples-order", "Sort by",
                FXCollections.observableArrayList(ExampleOrder.values()), examples.orderProperty(),
                ExampleOrder::label, 165);
        order.setMinWidth(120);
        list = new ListView<>(examples.shown());
        list.setId("compare-examples");
        list.setAccessibleText("Examples");
        list.setFixedCellSize(LINE);
        list.setMinHeight(80);
        list.setPlaceholder(new EmptyState(Feather.SEARCH, "Nothing here", "No prompt has these words."));
        list.setCellFactory(view -> new Cell());
        VBox.setVgrow(list, Priority.ALWAYS);
        list.getSelectionModel().selectedItemProperty().subscribe(row -> {
            if (row != null && !following) {
                examples.selectedProperty().set(row.row());
            }
        });
        examples.selectedProperty().subscribe(this::follow);
        list.heightProperty().subscribe((before, now) -> {
            int chosen = list.getSelectionModel().getSelectedIndex();
            if (before.doubleValue() < 2 * LINE && chosen >= 0) { // it was chosen before there was room to show it
                list.scrollTo(chosen);
            }
        });
        // a listener to changes: it hears of them after the list itself, which keeps a choice by its place
        examples.shown().addListener((ListChangeListener<ExampleRow>) change -> follow());
        getChildren().addAll(Nodes.row(6, search, order), list);
    }

    /** The line of the row that is read, wherever it went; a list whose items change keeps its choice but not its place. */
    private void follow() {
        Integer selected = examples.selectedProperty().get();
        List<ExampleRow> rows = list.getItems();
        int place = IntStream.range(0, rows.size()).filter(i -> selected != null && rows.get(i).row() == selected)
                .findFirst().orElse(NOWHERE);
        following = true;
        if (place == NOWHERE) {
            list.getSelectionModel().clearSelection();
        } else if (place != list.getSelectionModel().getSelectedIndex()
                || !rows.get(place).equals(list.getSelectionModel().getSelectedItem())) {
            list.getSelectionModel().clearAndSelect(place);
            list.layout(); // it must know how many rows there are now
            list.scrollTo(place);
        }
        following = false;
    }

    /** Number and prompt above, marks and changes below. */
    private final class Cell extends ListCell<ExampleRow> {
        private final Label prompt = Nodes.ellipsized("mono");
        private final HBox marks = Nodes.row(4);
        private final Label change = Nodes.ellipsized("muted", "small");
        private final VBox box = new VBox(2, prompt, Nodes.row(8, marks, change));

        Cell() {
            setPrefWidth(0);
            prompt.setMaxWidth(Double.MAX_VALUE);
        }

        @Override
        protected void updateItem(ExampleRow row, boolean empty) {
            super.updateItem(row, empty);
            setGraphic(empty || row == null ? null : box);
            if (!empty && row != null) {
                String line = row.prompt().strip().replaceAll("\\s+", " ");
                String cut = line.length() > LETTERS ? line.substring(0, LETTERS) + "…" : line;
                prompt.setText((row.row() + 1) + "  " + cut);
                TextSide.apply(prompt, cut);
                marks.getChildren().setAll(row.answers().stream().flatMap(Optional::stream)
                        .flatMap(answer -> answer.correct().stream()).map(ExampleList::mark).toList());
                change.setText(words(row));
                setAccessibleText("row " + (row.row() + 1) + ", " + cut + ", " + change.getText());
            }
        }
    }

    private static Label mark(boolean right) {
        return Nodes.chip(right ? "✓" : "✗", right ? "good" : "bad");
    }

    private String words(ExampleRow row) {
        int from = examples.sources().indexOf(examples.fromProperty().get());
        int to = examples.sources().indexOf(examples.toProperty().get());
        StringBuilder words = new StringBuilder();
        if (from >= 0 && to >= 0 && row.scores().size() > Math.max(from, to)) {
            row.scores().get(to).ifPresent(score -> score.sides().forEach(side -> {
                OptionalDouble change = row.change(side.name(), from, to);
                change.ifPresent(value -> words.append(words.isEmpty() ? "" : " · ").append(side.name()).append(' ')
                        .append(signed(value)));
            }));
        }
        if (words.isEmpty()) {
            long answered = row.answers().stream().flatMap(Optional<Sample>::stream).count();
            return answered == 0 ? "not answered, not scored" : Words.count(answered, "answer");
        }
        return words.toString();
    }

    /** Two digits and a sign. */
    static String signed(double value) {
        return String.format(Locale.ROOT, "%+.2f", value).replace('-', '−');
    }
}
