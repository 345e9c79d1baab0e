package preflab.app.form;

import javafx.beans.binding.Bindings;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.util.Duration;
import preflab.engine.param.Param;

/** A form of labelled rows, one for each field of a {@link FormModel}; what is wrong is said below the row at once. */
public final class ParamForm extends GridPane {

    /** Width of the labels, so that forms above each other align. */
    public static final double LABEL_WIDTH = 128;

    private static final PseudoClass INVALID = PseudoClass.getPseudoClass("invalid");

    private int rows;

    public ParamForm(FormModel model) {
        getStyleClass().add("param-form");
        setUserData(model); // properties bound in both directions hold each other weakly: whoever is seen must be held
        setHgap(10);
        setVgap(6);
        ColumnConstraints labels = new ColumnConstraints(LABEL_WIDTH);
        ColumnConstraints controls = new ColumnConstraints();
        controls.setHgrow(Priority.ALWAYS);
        controls.setMinWidth(80);
        getColumnConstraints().addAll(labels, controls);
        for (FormField<?> field : model.fields()) {
            add(field);
        }
    }

    private void add(FormField<?> field) {
        Param<?> param = field.param();
        Label label = new Label(caption(param));
        label.setWrapText(true);
        label.setTooltip(tooltip(param));
        label.setMinHeight(USE_PREF_SIZE);
        Node control = control(field);
        label.setLabelFor(control);
        Label problem = problem(field);
        addRow(rows, label, control);
        add(problem, 1, rows + 1); // not getRowCount(): that leaves out rows that are not shown
        rows += 2;
        setValignment(label, VPos.CENTER);
        setHgrow(control, Priority.ALWAYS);
    }

    /** A point in an id would be read as a style class by whoever looks it up. */
    static String nodeId(Param<?> param) {
        return param.id().replace('.', '-');
    }

    private static String caption(Param<?> param) {
        String symbol = param.symbol();
        boolean greek = symbol.length() <= 4 && symbol.chars().anyMatch(c -> c > 127);
        return greek && !param.label().contains(symbol) ? param.symbol() + "  " + param.label() : param.label();
    }

    private static Tooltip tooltip(Param<?> param) {
        Tooltip tooltip = new Tooltip(param.help() + "\n" + param.id() + " · allowed: " + param.range());
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(380);
        tooltip.setShowDelay(Duration.millis(400));
        tooltip.setShowDuration(Duration.seconds(30));
        return tooltip;
    }

    private static Label problem(FormField<?> field) {
        Label problem = new Label();
        problem.getStyleClass().add("field-problem");
        problem.setId("problem-" + nodeId(field.param()));
        problem.setWrapText(true);
        problem.setMinHeight(USE_PREF_SIZE);
        problem.textProperty().bind(field.problemProperty());
        problem.visibleProperty().bind(field.problemProperty().isNotEmpty());
        problem.managedProperty().bind(problem.visibleProperty());
        return problem;
    }

    private static Node control(FormField<?> field) {
        return switch (field.param()) {
            case Param.OfDouble number -> SliderSpan.of(number).<Node>map(span -> sliding(field, number, span))
                    .orElseGet(() -> withUnit(textField(field), number.unit()));
            case Param.OfInt number -> withUnit(described(new WholeNumberSpinner(number, field.textProperty()), field),
                    number.unit());
            case Param.OfBoolean flag -> described(toggle(field.textProperty(), flag), field);
            case Param.OfChoice choice -> described(combo(field.textProperty(), choice), field);
            case Param.OfText free -> mono(textField(field));
        };
    }

    private static HBox sliding(FormField<?> field, Param.OfDouble number, SliderSpan span) {
        NumberSlider slider = new NumberSlider(number, span, field.textProperty());
        slider.setAccessibleText(number.label() + " slider");
        slider.setTooltip(tooltip(number));
        HBox.setHgrow(slider, Priority.ALWAYS);
        TextField text = textField(field);
        text.setPrefColumnCount(6);
        text.setMinWidth(84);
        text.setMaxWidth(84);
        HBox box = new HBox(8, slider, text);
        box.setAlignment(Pos.CENTER_LEFT);
        if (!number.unit().isEmpty()) {
            box.getChildren().add(unit(number.unit()));
        }
        return box;
    }

    private static TextField textField(FormField<?> field) {
        TextField text = new TextField();
        text.textProperty().bindBidirectional(field.textProperty());
        return described(text, field);
    }

    private static TextField mono(TextField text) {
        text.getStyleClass().add("mono");
        return text;
    }

    private static Node withUnit(Control control, String unit) {
        if (unit.isEmpty()) {
            return control;
        }
        HBox box = new HBox(8, control, unit(unit));
        HBox.setHgrow(control, Priority.ALWAYS);
        box.setAlignment(Pos.CENTER_LEFT);
        return box;
    }

    private static Label unit(String unit) {
        Label label = new Label(unit);
        label.getStyleClass().add("muted");
        label.setMinWidth(USE_PREF_SIZE);
        return label;
    }

    private static CheckBox toggle(StringProperty text, Param.OfBoolean flag) {
        CheckBox box = new CheckBox();
        box.setSelected(flag.parse(text.get()));
        box.selectedProperty().subscribe(on -> text.set(flag.format(on)));
        text.subscribe(written -> box.setSelected("true".equals(written)));
        return box;
    }

    private static ComboBox<String> combo(StringProperty text, Param.OfChoice choice) {
        ComboBox<String> box = new ComboBox<>(FXCollections.observableArrayList(choice.choices()));
        box.setMaxWidth(Double.MAX_VALUE);
        box.valueProperty().bindBidirectional(text);
        return box;
    }

    /** Gives a control its id, its name for a screen reader, its help and its red edge when wrong. */
    private static <C extends Control> C described(C control, FormField<?> field) {
        Param<?> param = field.param();
        control.setId("field-" + nodeId(param));
        control.setAccessibleText(param.label());
        control.accessibleHelpProperty()
                .bind(Bindings.when(field.problemProperty().isEmpty()).then(param.help()).otherwise(
                        field.problemProperty()));
        control.setTooltip(tooltip(param));
        field.problemProperty()
                .subscribe(problem -> control.pseudoClassStateChanged(INVALID, !problem.isEmpty()));
        return control;
    }
}
