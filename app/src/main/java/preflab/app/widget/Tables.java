package preflab.app.widget;

import java.util.function.Function;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;

/** Tables whose columns share the width by weights and whose cut texts show in full under the pointer. */
public final class Tables {

    private static final double NARROW = 78;
    private static final String WEIGHT = "preflab.weight";
    /** A tooltip is for a sentence, not for a page. */
    private static final int LONGEST_TOOLTIP = 600;

    private Tables() {
    }

    /** A column of text that is never sorted by a click: the order is the file's. */
    public static <R> TableColumn<R, String> textColumn(String title, Function<R, ObservableValue<String>> text) {
        TableColumn<R, String> column = new TableColumn<>(title);
        column.setCellValueFactory(cell -> text.apply(cell.getValue()));
        column.setCellFactory(c -> new TextCell<>());
        column.setSortable(false);
        column.setReorderable(false);
        return column;
    }

    /** Gives a column its share of the width; 0 makes it narrow. */
    public static void weigh(TableColumn<?, ?> column, double weight) {
        column.getProperties().put(WEIGHT, weight);
        if (weight == 0) {
            column.setMinWidth(NARROW);
            column.setMaxWidth(NARROW * 1.6);
            column.setPrefWidth(NARROW);
        } else {
            column.setMinWidth(NARROW);
            column.setPrefWidth(weight * 240);
        }
    }

    /** Lets the columns fill the table's width, by their weights. */
    public static void fill(TableView<?> table) {
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
        table.setMinSize(0, 80);
    }

    /** Text in one line; where it is cut, its tooltip has all of it. */
    private static final class TextCell<R> extends TableCell<R, String> {
        private final Tooltip tooltip = new Tooltip();

        TextCell() {
            tooltip.setWrapText(true);
            tooltip.setMaxWidth(520);
        }

        @Override
        protected void updateItem(String text, boolean empty) {
            super.updateItem(text, empty);
            setText(empty ? null : text);
            boolean tell = !empty && text != null && text.length() > 12;
            if (tell) {
                tooltip.setText(text.length() > LONGEST_TOOLTIP ? text.substring(0, LONGEST_TOOLTIP) + "…" : text);
            }
            setTooltip(tell ? tooltip : null);
        }
    }
}
