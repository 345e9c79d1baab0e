package preflab.app.task;

import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/** Something that goes on and that the task bar shows: an import, a run. Changed on the thread of the window only. */
public final class Activity {

    private final String title;
    private final ReadOnlyStringWrapper detail = new ReadOnlyStringWrapper("");
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper(-1);

    Activity(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /**
     * Says how far it is.
     *
     * @param share
     *            in [0, 1]; negative where unknown
     * @param words
     *            a short line: counts, time left
     */
    public void at(double share, String words) {
        progress.set(share);
        detail.set(words);
    }

    public ReadOnlyStringProperty detailProperty() {
        return detail.getReadOnlyProperty();
    }

    public ReadOnlyDoubleProperty progressProperty() {
        return progress.getReadOnlyProperty();
    }
}
