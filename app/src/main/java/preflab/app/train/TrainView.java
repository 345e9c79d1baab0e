package preflab.app.train;

import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import preflab.app.widget.ScreenHeader;
import preflab.app.widget.Words;
import preflab.projects.chart.Palette;

/** The form at the left, the run at the right. */
public final class TrainView extends VBox {

    private static final double FORM_WIDTH = 384;

    public TrainView(TrainController controller, ObjectProperty<Palette> palette) {
        setId("train");
        ScreenHeader header = new ScreenHeader("Train");
        LiveModel live = controller.live().model();
        header.note().textProperty().bind(Bindings.createStringBinding(
                () -> live.runs().isEmpty() ? "no runs yet" : Words.count(live.runs().size(), "run"), live.runs()));
        TrainForm form = new TrainForm(controller);
        form.setMinWidth(FORM_WIDTH);
        form.setPrefWidth(FORM_WIDTH);
        form.setMaxWidth(FORM_WIDTH);
        LiveView run = new LiveView(controller.live(), palette);
        HBox.setHgrow(run, Priority.ALWAYS);
        HBox body = new HBox(18, form, run);
        body.getStyleClass().add("screen-body");
        VBox.setVgrow(body, Priority.ALWAYS);
        getChildren().addAll(header, body);
    }
}
