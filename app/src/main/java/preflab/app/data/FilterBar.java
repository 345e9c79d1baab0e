package preflab.app.data;

import java.util.Arrays;
import java.util.OptionalDouble;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import preflab.app.widget.Nodes;
import preflab.datasets.example.Kind;
import preflab.datasets.store.DatasetInfo;
import preflab.datasets.store.RowFilter;
import preflab.datasets.store.RowMark;
import preflab.datasets.store.RowNumber;

/** Adds conditions: a mark or a file from a menu, a number between two bounds; and how the rows are sorted. */
final class FilterBar extends FlowPane {

    private final DataModel model;
    private final ComboBox<RowNumber> number = new ComboBox<>();
    private final TextField least = bound("data-filter-least", "from");
    private final TextField most = bound("data-filter-most", "to");

    FilterBar(DataModel model, Node order) {
        super(10, 6);
        this.model = model;
        number.setId("data-filter-number");
        number.setAccessibleText("A number to filter by");
        number.setConverter(new RowsPane.Named<>(RowNumber::label));
        number.setPrefWidth(140);
        MenuButton marks = new MenuButton("Only…", new FontIcon(Feather.FILTER));
        marks.setId("data-filter-marks");
        model.selectedProperty().subscribe(info -> offer(info, marks));
        model.files().subscribe(() -> offer(model.selectedProperty().get(), marks));
        Nodes.showWhen(marks, Bindings.isNotEmpty(marks.getItems()));
        Button add = Nodes.button("Filter", Feather.PLUS, this::addRange);
        add.setId("data-filter-add");
        add.disableProperty().bind(usable().not());
        most.setOnAction(e -> add.fire());
        least.setOnAction(e -> add.fire());
        getChildren().addAll(order, marks, number, Nodes.row(4, least, most, add));
    }

    private static TextField bound(String id, String name) {
        TextField field = new TextField();
        field.setId(id);
        field.setPromptText(name);
        field.setAccessibleText("Bound: " + name);
        field.setPrefWidth(64);
        return field;
    }

    private void offer(DatasetInfo info, MenuButton marks) {
        marks.getItems().clear();
        if (info == null) {
            return;
        }
        Kind kind = info.kind();
        RowMark.of(kind).forEach(mark -> marks.getItems().add(item(mark.label(), new RowFilter.Marked(mark))));
        if (model.files().size() > 1) {
            if (!marks.getItems().isEmpty()) {
                marks.getItems().add(new SeparatorMenuItem());
            }
            model.files().forEach(file -> marks.getItems().add(item("from " + file, new RowFilter.FromFile(file))));
        }
        number.getItems().setAll(Arrays.stream(RowNumber.values()).filter(one -> one.appliesTo(kind)).toList());
        number.setValue(RowNumber.PROMPT_LENGTH);
    }

    private MenuItem item(String words, RowFilter filter) {
        MenuItem item = new MenuItem(words);
        item.setMnemonicParsing(false);
        item.setMnemonicParsing(false);
        item.setOnAction(e -> add(filter));
        return item;
    }

    private void add(RowFilter filter) {
        if (!model.filters().contains(filter)) {
            model.filters().add(filter);
        }
    }

    /** Two bounds, or one, the lower not above the upper. */
    private BooleanBinding usable() {
        return Bindings.createBooleanBinding(() -> {
            boolean readable = readable(least) && readable(most);
            boolean some = !least.getText().isBlank() || !most.getText().isBlank();
            return readable && some && number(least, Double.NEGATIVE_INFINITY) <= number(most,
                    Double.POSITIVE_INFINITY);
        }, least.textProperty(), most.textProperty());
    }

    private void addRange() {
        double shift = number.getValue() == RowNumber.ROW ? 1 : 0; // rows are counted from 1 on the screen
        add(new RowFilter.Between(number.getValue(), number(least, Double.NEGATIVE_INFINITY) - shift,
                number(most, Double.POSITIVE_INFINITY) - shift));
        least.clear();
        most.clear();
    }

    private static boolean readable(TextField field) {
        return field.getText().isBlank() || parse(field).isPresent();
    }

    private static double number(TextField field, double otherwise) {
        return parse(field).orElse(otherwise);
    }

    private static OptionalDouble parse(TextField field) {
        try {
            double value = Double.parseDouble(field.getText().strip().replace('−', '-'));
            return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
