package preflab.app.compare;

import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import preflab.app.widget.Nodes;
import preflab.app.widget.Words;

/** Runs that are entered and wait: start them one after another, or take them away. */
final class WaitingBar extends HBox {

    WaitingBar(EvidenceController controller) {
        super(8);
        EvidenceModel evidence = controller.model();
        Label words = Nodes.wrapped("");
        words.textProperty().bind(Bindings.createStringBinding(() -> words(evidence), evidence.waiting(),
                evidence.startingProperty()));
        ToggleButton start = new ToggleButton("One after another", new FontIcon(Feather.PLAY));
        start.setId("compare-waiting-start");
        start.setMinWidth(USE_PREF_SIZE);
        start.setTooltip(new Tooltip("While this window is open, the next one starts whenever no run is executed"));
        start.selectedProperty().bindBidirectional(evidence.startingProperty());
        Button discard = Nodes.button("Take them away", Feather.TRASH_2, controller::discardWaiting);
        discard.setId("compare-waiting-discard");
        discard.setMinWidth(USE_PREF_SIZE);
        HBox notice = Nodes.notice("", Feather.CLOCK, words);
        notice.setAlignment(Pos.CENTER_LEFT);
        notice.getChildren().addAll(Nodes.spacer(), start, discard);
        HBox.setHgrow(notice, Priority.ALWAYS);
        getChildren().add(notice);
        setId("compare-waiting");
        Nodes.showWhen(this, Bindings.isNotEmpty(evidence.waiting()));
    }

    private static String words(EvidenceModel evidence) {
        int waiting = evidence.waiting().size();
        String runs = Words.count(waiting, "run") + (waiting == 1 ? " waits" : " wait");
        return evidence.startingProperty().get() ? runs + " for the one before" : runs + " to be started";
    }
}
