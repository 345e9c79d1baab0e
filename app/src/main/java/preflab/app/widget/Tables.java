package preflab.app.widget;

import java.util.function.Function;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;

/**
 * Tables whose columns share the width by weights and whose cut texts show in full under the pointer. Where the columns
 * would become too narrow, the table scrolls sideways instead.
 */
public final class Tables {

    private static final String WEIGHT = "preflab.weight";
    private static final String LEAST = "preflab.least";
    /** Room for the vertical scroll bar. */
    private static final double BAR = 18;
    private static final double LETTER = 7.8;
    private static final double MARGINS = 26;
    private static final double LEAST_WIDE = 96;

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

    /** Gives a column its share of the width that is left; 0 makes it as wide as its title. */
    public static void weigh(TableColumn<?, ?> column, double weight) {
        weigh(column, weight, weight == 0 ? column.getText().length() * LETTER + MARGINS : LEAST_WIDE);
    }

    /**
     * The same with a least width of its own.
     *
     * @param least
     *            pixels
     */
    public static void weigh(TableColumn<?, ?> column, double weight, double least) {
        column.getProperties().put(WEIGHT, weight);
        column.getProperties().put(LEAST, least);
        column.setMinWidth(40);
    }

    /** Lets the columns follow the table's width, by their weights. */
    public static void fill(TableView<?> table) {
        table.setColumnResizePolicy(TableView.UNCONSTRAINED_RESIZE_POLICY);
        table.setMinSize(0, 80);
        table.widthProperty().subscribe(() -> share(table));
        table.getColumns().subscribe(() -> share(table));
    }

    /** Gives the columns their widths anew, after they were weighed anew. */
    public static void share(TableView<?> table) {
        double weights = 0;
        double taken = BAR;
        for (TableColumn<?, ?> column : table.getColumns()) {
            weights += number(column, WEIGHT, 0);
            taken += number(column, LEAST, column.getMinWidth());
        }
        double left = Math.max(0, table.getWidth() - taken);
        for (TableColumn<?, ?> column : table.getColumns()) {
            double share = weights == 0 ? 0 : left * number(column, WEIGHT, 0) / weights;
            column.setPrefWidth(Math.floor(number(column, LEAST, column.getMinWidth()) + share));
        }
    }

    private static double number(TableColumn<?, ?> column, String key, double otherwise) {
        return column.getProperties().get(key) instanceof Double value ? value : otherwise;
    }

    /** Text in one line; where it is cut, its tooltip has all of it. */
    private static final class TextCell<R> extends TableCell<R, String> {
        private final Tip tip = new Tip(this);

        @Override
        protected void updateItem(String text, boolean empty) {
            super.updateItem(text, empty);
            setText(empty ? null : text);
            setAlignment(text != null && text.indexOf('\n') >= 0 ? Pos.TOP_LEFT : Pos.CENTER_LEFT);
            tip.show(!empty && text != null && text.length() > 12 ? text : null);
        }
    }
}
