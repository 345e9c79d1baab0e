package preflab.app.compare;

import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.EmptyState;
import preflab.app.widget.Nodes;
import preflab.app.widget.RunStates;
import preflab.app.widget.Tables;
import preflab.app.widget.Words;
import preflab.projects.chart.Palette;
import preflab.projects.chart.Rgb;
import preflab.projects.store.RunSummary;

/** All runs: pick with the box or the space bar, make one the baseline with the star or B. */
final class RunsTable extends TableView<RunSummary> {

    private final CompareModel model;
    private final CompareController controller;
    private final ObjectProperty<Palette> palette;

    RunsTable(CompareController controller, ObjectProperty<Palette> palette) {
        super(controller.model().shown());
        this.controller = controller;
        this.model = controller.model();
        this.palette = palette;
        setId("compare-runs");
        setAccessibleText("Runs; space picks, B makes the baseline");
        setPlaceholder(new EmptyState(Feather.FILTER, "No run fits the filter",
                "Change the filter above, or empty it to see all runs."));
        getColumns().add(column("", 52, PickCell::new));
        getColumns().add(column("", 34, StarCell::new));
        addText("Run", 0, run -> String.valueOf(run.id()));
        addText("Name", 2, RunSummary::name);
        addText("Objective", 0, 92, RunSummary::objective);
        addText("Data", 1.2, run -> run.dataset().display());
        addText("Seed", 0, 58, run -> String.valueOf(run.seed()));
        TableColumn<RunSummary, RunSummary> state = column("State", 92, StateCell::new);
        getColumns().add(state);
        addText("Step", 0, 98, run -> Words.count(run.lastStep()) + " / " + Words.count(run.totalSteps()));
        addMetric("eval/accuracy");
        addMetric("loss");
        Tables.fill(this);
        setOnKeyPressed(e -> {
            RunSummary run = getSelectionModel().getSelectedItem();
            if (run != null && e.getCode() == KeyCode.SPACE) {
                controller.toggle(run.id());
                e.consume();
            } else if (run != null && e.getCode() == KeyCode.B) {
                controller.star(run.id());
                e.consume();
            }
        });
    }

    private void addText(String title, double weight, Function<RunSummary, String> text) {
        addText(title, weight, weight == 0 ? 50 : 92, text);
    }

    private void addText(String title, double weight, double least, Function<RunSummary, String> text) {
        TableColumn<RunSummary, String> column = Tables.textColumn(title,
                run -> new SimpleStringProperty(text.apply(run)));
        Tables.weigh(column, weight, least);
        getColumns().add(column);
    }

    private void addMetric(String key) {
        addText(key, 0, key.length() > 6 ? 122 : 72,
                run -> run.metrics().containsKey(key) ? Words.number(run.metrics().get(key)) : "–");
    }

    private static TableColumn<RunSummary, RunSummary> column(String title, double width,
            Supplier<TableCell<RunSummary, RunSummary>> cell) {
        TableColumn<RunSummary, RunSummary> column = new TableColumn<>(title);
        column.setCellValueFactory(row -> new SimpleObjectProperty<>(row.getValue()));
        column.setCellFactory(c -> cell.get());
        column.setMinWidth(width);
        column.setMaxWidth(width);
        column.setSortable(false);
        column.setReorderable(false);
        return column;
    }

    /** A box in the run's colour while it is picked. */
    private final class PickCell extends TableCell<RunSummary, RunSummary> {
        private final CheckBox box = new CheckBox();
        private final Rectangle colour = new Rectangle(5, 16);
        private final HBox content = Nodes.row(8, colour, box);

        PickCell() {
            colour.setArcWidth(3);
            colour.setArcHeight(3);
            box.setFocusTraversable(false);
            box.setOnAction(e -> controller.toggle(getItem().id()));
            InvalidationListener look = change -> look();
            model.picked().addListener(look);
            palette.addListener(look);
        }

        @Override
        protected void updateItem(RunSummary run, boolean empty) {
            super.updateItem(run, empty);
            look();
        }

        private void look() {
            RunSummary run = getItem();
            setGraphic(isEmpty() || run == null ? null : content);
            if (run != null) {
                int place = model.picked().indexOf(run.id());
                box.setSelected(place >= 0);
                box.setAccessibleText("Compare run " + run.id());
                Rgb rgb = palette.get().line(Math.max(place, 0));
                colour.setFill(place < 0
                        ? Color.TRANSPARENT
                        : Color.rgb(rgb.red(), rgb.green(), rgb.blue()));
            }
        }
    }

    /** The star of the baseline. */
    private final class StarCell extends TableCell<RunSummary, RunSummary> {
        private final Button star = Nodes.iconButton(Feather.STAR, "Make this the baseline", () -> controller
                .star(getItem().id()));

        StarCell() {
            star.setFocusTraversable(false);
            model.baselineProperty().addListener(change -> look());
        }

        @Override
        protected void updateItem(RunSummary run, boolean empty) {
            super.updateItem(run, empty);
            look();
        }

        private void look() {
            RunSummary run = getItem();
            setGraphic(isEmpty() || run == null ? null : star);
            if (run != null) {
                boolean starred = Integer.valueOf(run.id()).equals(model.baselineProperty().get());
                star.getStyleClass().remove("starred");
                if (starred) {
                    star.getStyleClass().add("starred");
                }
                star.setTooltip(new Tooltip(starred ? "This is the baseline" : "Make this the baseline"));
                star.setAccessibleText((starred ? "Baseline: run " : "Make the baseline: run ") + run.id());
            }
        }
    }

    /** The state as a chip. */
    private static final class StateCell extends TableCell<RunSummary, RunSummary> {
        private final Label chip = Nodes.chip("", "");

        @Override
        protected void updateItem(RunSummary run, boolean empty) {
            super.updateItem(run, empty);
            setGraphic(empty || run == null ? null : chip);
            if (run != null) {
                RunStates.show(chip, run.state());
                chip.setTooltip(run.message().isEmpty() ? null : new Tooltip(RunStates.sentence(run)));
            }
        }
    }
}
