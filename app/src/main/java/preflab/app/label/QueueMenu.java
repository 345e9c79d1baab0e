package preflab.app.label;

import java.util.Locale;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.MenuButton;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleGroup;
import preflab.datasets.label.QueueOrder;

/** In which order rows come, whether some come twice, and whether one settles what others differ on. */
final class QueueMenu extends MenuButton {

    QueueMenu(LabelModel model) {
        setId("label-queue");
        getStyleClass().add("queue-menu");
        setAccessibleText("Queue");
        setMinWidth(USE_PREF_SIZE);
        ToggleGroup group = new ToggleGroup();
        for (QueueOrder order : QueueOrder.values()) {
            RadioMenuItem item = new RadioMenuItem(word(order));
            item.setToggleGroup(group);
            item.setOnAction(e -> model.orderProperty().set(order));
            model.orderProperty().subscribe(chosen -> item.setSelected(chosen == order));
            getItems().add(item);
        }
        CheckMenuItem repeats = new CheckMenuItem("Repeat one row in twenty");
        repeats.selectedProperty().bindBidirectional(model.repeatingProperty());
        CheckMenuItem adjudicate = new CheckMenuItem("Adjudicate: see all verdicts, have the last word");
        adjudicate.selectedProperty().bindBidirectional(model.adjudicatingProperty());
        getItems().addAll(new SeparatorMenuItem(), repeats, adjudicate);
        model.orderProperty().subscribe(order -> name(model));
        model.adjudicatingProperty().subscribe(on -> name(model));
    }

    private void name(LabelModel model) {
        setText((model.adjudicatingProperty().get() ? "Adjudicating, " : "Queue: ")
                + word(model.orderProperty().get()));
    }

    private static String word(QueueOrder order) {
        return order.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
