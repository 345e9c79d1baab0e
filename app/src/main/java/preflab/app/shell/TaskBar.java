package preflab.app.shell;

import javafx.beans.binding.Bindings;
import javafx.beans.property.StringProperty;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import preflab.app.task.Activities;
import preflab.app.task.Activity;
import preflab.app.widget.Nodes;

/** The bottom line: what goes on, how far it is, and the machine. */
final class TaskBar extends HBox {

    /** More would push the machine's state out of a narrow window. */
    private static final int SHOWN = 2;

    private final Activities activities;
    private final HBox running = new HBox(20);

    TaskBar(WindowModel model, Activities activities) {
        this.activities = activities;
        getStyleClass().add("task-bar");
        setId("task-bar");
        setAlignment(Pos.CENTER_LEFT);
        running.setAlignment(Pos.CENTER_LEFT);
        running.setMinWidth(0);
        activities.running().addListener((ListChangeListener<Activity>) change -> show());
        show();
        getChildren().addAll(running, Nodes.spacer(), fact("task-device", model.deviceProperty(), Feather.CPU),
                fact("task-memory", model.memoryProperty(), Feather.HARD_DRIVE));
    }

    private void show() {
        running.getChildren().setAll(activities.running().stream().limit(SHOWN).map(TaskBar::entry).toList());
        int more = activities.running().size() - SHOWN;
        if (more > 0) {
            running.getChildren().add(Nodes.label("+ " + more + " more"));
        } else if (activities.running().isEmpty()) {
            running.getChildren().add(Nodes.label("Nothing is running"));
        }
    }

    private static Node entry(Activity activity) {
        Label title = Nodes.ellipsized("strong");
        title.setText(activity.title());
        title.setMaxWidth(200);
        ProgressBar bar = new ProgressBar();
        bar.progressProperty().bind(activity.progressProperty());
        bar.setAccessibleText(activity.title());
        bar.setMinWidth(90);
        Label detail = Nodes.ellipsized();
        detail.textProperty().bind(activity.detailProperty());
        return Nodes.row(8, title, bar, detail);
    }

    private static Node fact(String id, StringProperty words, Feather icon) {
        Label label = new Label("", new FontIcon(icon));
        label.setId(id);
        label.textProperty().bind(words);
        label.setMinWidth(USE_PREF_SIZE);
        Nodes.showWhen(label, Bindings.createBooleanBinding(() -> !words.get().isEmpty(), words));
        return label;
    }
}
