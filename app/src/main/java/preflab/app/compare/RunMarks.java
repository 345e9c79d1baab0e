package preflab.app.compare;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import preflab.app.widget.Nodes;
import preflab.app.widget.RunStates;
import preflab.app.widget.Tip;
import preflab.app.widget.Words;
import preflab.datasets.example.DatasetVersionId;
import preflab.projects.chart.Palette;
import preflab.projects.chart.Rgb;
import preflab.projects.compare.RunCell;
import preflab.projects.compare.RunRow;
import preflab.projects.store.RunSummary;

/** The cells of the table of runs. */
final class RunMarks {

    private RunMarks() {
    }

    /** Picks all lines of the table, or none. */
    static final class PickAll extends CheckBox {
        private final CompareModel model;

        PickAll(CompareController controller) {
            this.model = controller.model();
            setId("compare-pick-all");
            setAccessibleText("Compare all runs of the table, or none");
            setTooltip(new Tooltip("Pick all runs of the table; where some are picked, none"));
            setOnAction(e -> {
                if (model.picked().isEmpty()) {
                    controller.picks().all();
                } else {
                    controller.picks().none();
                }
                look();
            });
            InvalidationListener look = change -> look();
            model.picked().addListener(look);
            model.rows().addListener(look);
            look();
        }

        private void look() {
            boolean any = !model.picked().isEmpty();
            boolean all = any && model.rows().stream().map(RunRow::numbers).flatMap(List::stream)
                    .allMatch(model::isPicked);
            setSelected(all);
            setIndeterminate(any && !all);
        }
    }

    /** A box in the run's colour while it is picked; a line of several has the colours of its first ones. */
    static final class Pick extends TableCell<RunRow, RunRow> {
        private static final int MOST = 4;
        private final CompareModel model;
        private final ObjectProperty<Palette> palette;
        private final CheckBox box = new CheckBox();
        private final List<Rectangle> colours = Stream.generate(() -> new Rectangle(5, 16)).limit(MOST).toList();
        private final VBox stripe = new VBox();
        private final HBox content = Nodes.row(8, stripe, box);

        Pick(CompareController controller, ObjectProperty<Palette> palette) {
            this.model = controller.model();
            this.palette = palette;
            stripe.getChildren().addAll(colours);
            stripe.setAlignment(Pos.CENTER);
            box.setFocusTraversable(false);
            box.setOnAction(e -> controller.picks().toggle(getItem().numbers()));
            InvalidationListener look = change -> look();
            model.picked().addListener(look);
            palette.addListener(look);
        }

        @Override
        protected void updateItem(RunRow row, boolean empty) {
            super.updateItem(row, empty);
            look();
        }

        private void look() {
            RunRow row = getItem();
            setGraphic(isEmpty() || row == null ? null : content);
            if (row == null) {
                return;
            }
            long picked = row.numbers().stream().filter(model::isPicked).count();
            box.setSelected(picked == row.numbers().size());
            box.setIndeterminate(picked > 0 && picked < row.numbers().size());
            box.setAccessibleText("Compare " + (row.isGroup() ? row.name() : "run " + row.numbers().getFirst()));
            List<Integer> shown = row.numbers().stream().filter(model::isPicked).limit(MOST).toList();
            for (int i = 0; i < MOST; i++) {
                Rectangle part = colours.get(i);
                part.setManaged(i < Math.max(1, shown.size()));
                part.setVisible(i < shown.size());
                part.setHeight(16.0 / Math.max(1, shown.size()));
                Rgb rgb = palette.get().line(i < shown.size() ? model.slot(shown.get(i)) : 0);
                part.setFill(Color.rgb(rgb.red(), rgb.green(), rgb.blue()));
            }
        }
    }

    /** The star of the baseline. */
    static final class Star extends TableCell<RunRow, RunRow> {
        private final CompareModel model;
        private final Button star;

        Star(CompareController controller) {
            this.model = controller.model();
            this.star = Nodes.iconButton(Feather.STAR, "Make this the baseline",
                    () -> controller.picks().star(getItem().numbers()));
            star.setFocusTraversable(false);
            model.baselineProperty().addListener(change -> look());
        }

        @Override
        protected void updateItem(RunRow row, boolean empty) {
            super.updateItem(row, empty);
            look();
        }

        private void look() {
            RunRow row = getItem();
            setGraphic(isEmpty() || row == null ? null : star);
            if (row == null) {
                return;
            }
            Integer baseline = model.baselineProperty().get();
            boolean starred = baseline != null && row.numbers().contains(baseline);
            star.getStyleClass().remove("starred");
            if (starred) {
                star.getStyleClass().add("starred");
            }
            String what = row.isGroup() ? row.name() : "run " + row.numbers().getFirst();
            star.getTooltip().setText(starred ? "This is the baseline" : "Make this the baseline");
            star.setAccessibleText((starred ? "Baseline: " : "Make the baseline: ") + what);
        }
    }

    /** The state as a chip. */
    static final class State extends TableCell<RunRow, RunCell> {
        private final Label chip = Nodes.chip("", "");
        private final Tip tip = new Tip(chip);

        State() {
            setAlignment(Pos.CENTER_LEFT);
        }

        @Override
        protected void updateItem(RunCell cell, boolean empty) {
            super.updateItem(cell, empty);
            RunRow row = empty || getTableRow() == null ? null : getTableRow().getItem();
            setText(row != null && row.state().isEmpty() ? cell.text().toLowerCase(Locale.ROOT) : null);
            setGraphic(row == null || row.state().isEmpty() ? null : chip);
            if (row != null && row.state().isPresent()) {
                RunSummary run = row.runs().getFirst();
                RunStates.show(chip, run.state());
                tip.show(run.message().isEmpty() ? null : RunStates.sentence(run));
            }
        }
    }

    /** The data, with a sign where its labels were mended since. */
    static final class Data extends TableCell<RunRow, RunCell> {
        private final CompareModel model;
        private final FontIcon mended = new FontIcon(Feather.ALERT_TRIANGLE);
        private final Tip tip = new Tip(this);

        Data(CompareModel model) {
            this.model = model;
            mended.getStyleClass().add("mended");
            setContentDisplay(ContentDisplay.RIGHT);
            setGraphicTextGap(6);
            setAlignment(Pos.CENTER_LEFT);
        }

        @Override
        protected void updateItem(RunCell cell, boolean empty) {
            super.updateItem(cell, empty);
            RunRow row = empty || getTableRow() == null ? null : getTableRow().getItem();
            setText(empty || cell == null ? null : cell.text());
            List<DatasetVersionId> newer = row == null
                    ? List.of()
                    : row.numbers().stream().map(model.outdatedProperty().get()::get).filter(Objects::nonNull).toList();
            setGraphic(newer.isEmpty() ? null : mended);
            tip.show(newer.isEmpty() ? getText() : outdated(newer.getFirst()));
            setAccessibleText(newer.isEmpty() ? getText() : getText() + ", " + outdated(newer.getFirst()));
        }
    }

    /** In words. */
    static String outdated(DatasetVersionId newer) {
        return "Labels of its data were mended since: " + newer.display() + " has them";
    }

    /** A value; beside it how far it is from the baseline's. */
    static final class Value extends TableCell<RunRow, RunCell> {
        private static final int TELLING = 12;
        private final String name;
        private final Label difference = Nodes.label("", "muted", "small");
        private final Tip tip = new Tip(this);

        Value(String name) {
            this.name = name;
            setContentDisplay(ContentDisplay.RIGHT);
            setGraphicTextGap(8);
            setAlignment(Pos.CENTER_LEFT);
        }

        @Override
        protected void updateItem(RunCell cell, boolean empty) {
            super.updateItem(cell, empty);
            String text = empty || cell == null ? null : text(cell);
            setText(text);
            boolean measured = text != null && cell.versusBaseline().isPresent();
            if (measured) {
                double delta = cell.versusBaseline().getAsDouble();
                difference.setText("Δ " + (delta > 0 ? "+" : "") + Words.number(delta));
            }
            setGraphic(measured ? difference : null);
            tip.show(text != null && text.length() > TELLING ? text : null);
        }

        private String text(RunCell cell) {
            RunRow row = getTableRow() == null ? null : getTableRow().getItem();
            if (name.equals("step") && row != null && !row.isGroup()) {
                RunSummary run = row.runs().getFirst();
                return Words.count(run.lastStep()) + " / " + Words.count(run.totalSteps());
            }
            return cell.text();
        }
    }
}
