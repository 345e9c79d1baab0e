package preflab.app.widget;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/** Short ways to make the nodes that every screen is made of. */
public final class Nodes {

    private Nodes() {
    }

    /** Takes the room that is left. */
    public static Region spacer() {
        Region spacer = new Region();
        HBox.setHgrow(spacer, Priority.ALWAYS);
        VBox.setVgrow(spacer, Priority.ALWAYS);
        return spacer;
    }

    public static Label label(String text, String... styles) {
        Label label = new Label(text);
        label.getStyleClass().addAll(styles);
        return label;
    }

    /** A label of several lines that is never cut. */
    public static Label wrapped(String text, String... styles) {
        Label label = label(text, styles);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    /** A label of one line that ends in an ellipsis where room is short, and then tells all in its tooltip. */
    public static Label ellipsized(String... styles) {
        Label label = label("", styles);
        label.setTextOverrun(OverrunStyle.ELLIPSIS);
        label.setMinWidth(0);
        Tooltip tooltip = new Tooltip();
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(480);
        tooltip.textProperty().bind(label.textProperty());
        label.textProperty().subscribe(text -> label.setTooltip(text == null || text.isEmpty() ? null : tooltip));
        return label;
    }

    public static Button button(String text, Ikon icon, Runnable action) {
        Button button = new Button(text, new FontIcon(icon));
        button.setMnemonicParsing(false); // names of metrics and data hold underscores
        button.setOnAction(e -> action.run());
        button.setMinWidth(Region.USE_PREF_SIZE);
        return button;
    }

    /** A button with an icon alone; {@code name} is its tooltip and its name for a screen reader. */
    public static Button iconButton(Ikon icon, String name, Runnable action) {
        Button button = button("", icon, action);
        button.getStyleClass().addAll("button-icon", "flat");
        button.setTooltip(new Tooltip(name));
        button.setAccessibleText(name);
        return button;
    }

    /** The one main action of a screen. */
    public static Button primary(Button button) {
        button.getStyleClass().add("accent");
        return button;
    }

    public static HBox row(double gap, Node... children) {
        HBox row = new HBox(gap, children);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    /** A short word on a coloured ground; the colour repeats what the word says. */
    public static Label chip(String text, String style) {
        Label chip = label(text, "chip");
        if (!style.isEmpty()) {
            chip.getStyleClass().add(style);
        }
        chip.setMinWidth(Region.USE_PREF_SIZE);
        return chip;
    }

    /** A remark on a coloured ground with an icon. */
    public static HBox notice(String style, Ikon icon, Label text) {
        text.setWrapText(true);
        text.setMinHeight(Region.USE_PREF_SIZE);
        HBox.setHgrow(text, Priority.ALWAYS);
        HBox notice = new HBox(8, new FontIcon(icon), text);
        notice.setAlignment(Pos.TOP_LEFT);
        notice.getStyleClass().add("notice");
        if (!style.isEmpty()) {
            notice.getStyleClass().add(style);
        }
        return notice;
    }

    /** The switch between raw lines and smoothed ones over them. */
    public static CheckBox smoothing(BooleanProperty smooth) {
        CheckBox box = new CheckBox("Smooth");
        box.setTooltip(new Tooltip("Average over about the last ten points; the raw line stays beneath, faint"));
        box.selectedProperty().bindBidirectional(smooth);
        box.setMinWidth(Region.USE_PREF_SIZE);
        return box;
    }

    /** A field whose words are those of the property, and that takes what room there is. */
    public static TextField search(String id, String prompt, String accessible, StringProperty words) {
        TextField field = new TextField();
        field.setId(id);
        field.setPromptText(prompt);
        field.setAccessibleText(accessible);
        field.textProperty().bindBidirectional(words);
        HBox.setHgrow(field, Priority.ALWAYS);
        return field;
    }

    /** A titled box. */
    public static VBox card(String title, Node... children) {
        VBox card = new VBox(8);
        card.getStyleClass().add("card");
        if (!title.isEmpty()) {
            card.getChildren().add(label(title, "card-title"));
        }
        card.getChildren().addAll(children);
        return card;
    }

    /** Shows a node and gives it room, or neither. */
    public static void showWhen(Node node, ObservableValue<Boolean> condition) {
        node.visibleProperty().bind(condition);
        node.managedProperty().bind(condition);
    }

    /** Shows a node and gives it room, or neither, from now on. */
    public static void setShown(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }
}
