package preflab.app.label;

import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.Nodes;

/** The step threshold, what would flip under it, and the button that makes it the default of later runs. */
final class ThresholdBar extends HBox {

    private static final double STEP = 0.05;

    ThresholdBar(LabelModel model, Runnable keep) {
        super(12);
        setId("label-threshold-bar");
        getStyleClass().add("threshold-bar");
        setAlignment(Pos.CENTER_LEFT);
        Slider slider = new Slider(-1, 1, 0);
        slider.setId("label-threshold");
        slider.setBlockIncrement(STEP);
        slider.setMajorTickUnit(STEP);
        slider.setMinorTickCount(0);
        slider.setSnapToTicks(true);
        slider.setMinWidth(140);
        slider.setPrefWidth(200);
        slider.setAccessibleText("Step threshold");
        slider.setTooltip(new Tooltip("Every step of a right answer is right; in a wrong answer a step is right iff"
                + " Q ≥ threshold. Q itself is never changed."));
        slider.valueProperty().bindBidirectional(model.thresholdProperty());
        Label value = Nodes.label("", "mono", "strong");
        value.setMinWidth(44);
        value.textProperty().bind(model.thresholdProperty().map(ThresholdBar::words));
        Label flips = Nodes.ellipsized("muted");
        flips.setId("label-flips");
        flips.textProperty().bind(model.flipsProperty());
        HBox.setHgrow(flips, Priority.ALWAYS);
        flips.setMaxWidth(Double.MAX_VALUE);
        Button button = Nodes.button("Use for later runs", Feather.CHECK_SQUARE, keep);
        button.setId("label-threshold-keep");
        button.setTooltip(new Tooltip("Makes this the step threshold that new runs of this project start from"));
        button.disableProperty().bind(model.thresholdProperty().isEqualTo(model.keptThresholdProperty(), 1e-9));
        Label name = Nodes.label("threshold");
        name.setMinWidth(USE_PREF_SIZE);
        getChildren().addAll(name, slider, value, flips, button);
    }

    private static String words(Number threshold) {
        return String.format(Locale.ROOT, "%.2f", threshold.doubleValue()).replace('-', '−');
    }
}
