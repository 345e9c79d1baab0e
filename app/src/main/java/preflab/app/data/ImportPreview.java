package preflab.app.data;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.EmptyState;
import preflab.app.widget.Nodes;
import preflab.app.widget.Words;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.importer.FieldMapping;
import preflab.datasets.importer.PreviewRow;
import preflab.datasets.importer.Problem;

/** Real rows of the file, each beside what the mapping makes of it; below them what would be rejected. */
final class ImportPreview extends StackPane {

    /** A preview is to be recognised, not read. */
    private static final int LONGEST = 600;
    private static final int LONGEST_CELL = 280;

    private final ImportLook look;
    private final Map<String, String> fieldOf = new TreeMap<>();

    ImportPreview(ImportLook look) {
        this.look = look;
        setMinWidth(0);
        look.detection().mapping().columns().forEach((field, column) -> fieldOf.merge(FieldMapping.columnOf(column),
                field, (a, b) -> a + ", " + b));
        Node rows = rows();
        getChildren().add(look.detection().firstProblems().isEmpty() ? rows : withProblems(rows));
    }

    private Node withProblems(Node rows) {
        Node rejected = PreviewTables.problems(look.detection().firstProblems().stream()
                .sorted(Comparator.comparingLong(Problem::row)).toList());
        VBox.setVgrow(rejected, Priority.ALWAYS);
        SplitPane split = new SplitPane(rows, Nodes.card("Rows among the first that would be rejected", rejected));
        split.setOrientation(Orientation.VERTICAL);
        split.setDividerPositions(0.68);
        return split;
    }

    private Node rows() {
        if (look.rows().isEmpty()) {
            return new EmptyState(Feather.LIST, "No row can be read", look.detection().reason());
        }
        VBox rows = new VBox(12);
        rows.setId("import-preview");
        look.rows().forEach(row -> rows.getChildren().add(row(row)));
        ScrollPane scroll = new ScrollPane(rows);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("edge-to-edge");
        scroll.setAccessibleText("First rows of the file beside what they become");
        return scroll;
    }

    private Node row(PreviewRow row) {
        GridPane sides = new GridPane();
        sides.setHgap(16);
        ColumnConstraints half = new ColumnConstraints();
        half.setPercentWidth(50);
        sides.getColumnConstraints().setAll(half, half);
        sides.addRow(0, cells(row), becomes(row));
        return Nodes.card("Row " + Words.count(row.row()), sides);
    }

    private Node cells(PreviewRow row) {
        VBox cells = new VBox(6, Nodes.label("In the file", "section-title"));
        row.cells().forEach((column, value) -> {
            Label name = Nodes.ellipsized("strong", "small");
            name.setText(column);
            String field = fieldOf.get(column);
            Node use = field == null ? Nodes.label("no field", "muted", "small") : Nodes.chip("→ " + field, "busy");
            cells.getChildren().add(new VBox(2, Nodes.row(6, name, use), text(value)));
        });
        return cells;
    }

    private static Label text(String value) {
        String shown = value.length() > LONGEST_CELL ? value.substring(0, LONGEST_CELL) + "…" : value;
        return Nodes.wrapped(shown.isEmpty() ? "(empty)" : shown, shown.isEmpty() ? "muted" : "mono");
    }

    private Node becomes(PreviewRow row) {
        VBox box = new VBox(8, Nodes.label("As imported", "section-title"));
        row.problem().ifPresent(problem -> box.getChildren().add(Nodes.notice("bad", Feather.X_CIRCLE,
                Nodes.label("Rejected: " + problem.field() + ": " + problem.problem(), "small"))));
        row.notes().forEach(note -> box.getChildren().add(Nodes.notice("warn", Feather.INFO,
                Nodes.label(note.field() + ": " + note.problem(), "small"))));
        ExampleBlocks blocks = new ExampleBlocks(LONGEST);
        for (PreferenceExample example : row.examples().subList(0, Math.min(1, row.examples().size()))) {
            box.getChildren().addAll(blocks.of(example));
        }
        if (row.examples().size() > 1) {
            box.getChildren().add(Nodes.label("and " + Words.count(row.examples().size() - 1L, "more example")
                    + " from this row", "muted", "small"));
        }
        if (row.examples().isEmpty() && row.problem().isEmpty()) {
            box.getChildren().add(Nodes.wrapped("Nothing yet: choose the kind and the columns at the left.", "muted"));
        }
        return box;
    }
}
