package preflab.app.task;

import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** What goes on in this window, oldest first. The features add, the task bar shows. */
public final class Activities {

    private final ObservableList<Activity> running = FXCollections.observableArrayList();
    private final ObservableList<Activity> readOnly = FXCollections.unmodifiableObservableList(running);

    public Activity begin(String title) {
        Activity activity = new Activity(title);
        running.add(activity);
        return activity;
    }

    /** Takes it off the list; harmless if it is gone already. */
    public void end(Activity activity) {
        running.remove(activity);
    }

    public ObservableList<Activity> running() {
        return readOnly;
    }
}
