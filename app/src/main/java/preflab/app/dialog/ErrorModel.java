package preflab.app.dialog;

import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/** The failure a window shows, and how many times in a row it happened. */
public final class ErrorModel {

    private final ReadOnlyObjectWrapper<ErrorReport> report = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyIntegerWrapper repeats = new ReadOnlyIntegerWrapper();

    /** Shows this; the same again only counts up. */
    public void show(ErrorReport next) {
        ErrorReport shown = report.get();
        if (shown != null && shown.sameAs(next)) {
            repeats.set(repeats.get() + 1);
        } else {
            repeats.set(1);
            report.set(next);
        }
    }

    public void dismiss() {
        report.set(null);
        repeats.set(0);
    }

    /** What is shown; null for nothing. */
    public ReadOnlyObjectProperty<ErrorReport> reportProperty() {
        return report.getReadOnlyProperty();
    }

    public ReadOnlyIntegerProperty repeatsProperty() {
        return repeats.getReadOnlyProperty();
    }
}
