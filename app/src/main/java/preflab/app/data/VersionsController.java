package preflab.app.data;

import java.util.Comparator;
import java.util.List;
import preflab.app.dialog.ErrorModel;
import preflab.app.dialog.ErrorReport;
import preflab.app.task.Latest;
import preflab.app.task.Work;
import preflab.datasets.store.DatasetInfo;
import preflab.datasets.store.DatasetStore;
import preflab.datasets.store.Origin;

/** Reads where versions come from, compares two, moves them to the trash and back. */
final class VersionsController {

    private final VersionsModel model;
    private final DataModel data;
    private final DatasetStore store;
    private final Work work;
    private final ErrorModel errors;
    private final Runnable refresh;
    private final Latest reading;
    private final Latest comparing;

    VersionsController(VersionsModel model, DataModel data, DatasetStore store, Work work, ErrorModel errors,
            Runnable refresh) {
        this.model = model;
        this.data = data;
        this.store = store;
        this.work = work;
        this.errors = errors;
        this.refresh = refresh;
        this.reading = new Latest(work);
        this.comparing = new Latest(work);
        data.selectedProperty().subscribe((before, selected) -> read(selected));
        model.otherProperty().subscribe((before, other) -> compare(other));
    }

    VersionsModel model() {
        return model;
    }

    DataModel data() {
        return data;
    }

    private record Read(Origin origin, List<DatasetInfo> trash) {
    }

    private void read(DatasetInfo selected) {
        model.otherProperty().set(null);
        model.originProperty().set(null);
        if (selected == null) {
            model.others().clear();
            reading.start(() -> store.trash().list(), model.trash()::setAll, failure -> failed("Reading the trash",
                    failure));
            return;
        }
        model.others().setAll(data.datasets().stream()
                .filter(info -> !info.id().equals(selected.id()) && info.kind() == selected.kind())
                .sorted(Comparator.comparing(info -> !info.id().dataset().equals(selected.id().dataset()))).toList());
        reading.start(() -> new Read(store.origin(selected.id()), store.trash().list()), read -> {
            model.originProperty().set(read.origin());
            model.trash().setAll(read.trash());
        }, failure -> failed("Reading the history of " + selected.id().display(), failure));
    }

    private void compare(DatasetInfo other) {
        model.differenceProperty().set(null);
        DatasetInfo selected = data.selectedProperty().get();
        if (other == null || selected == null) {
            comparing.cancel();
            return;
        }
        comparing.start(() -> store.difference(other.id(), selected.id()), model.differenceProperty()::set,
                failure -> failed("Comparing " + other.id().display() + " with " + selected.id().display(), failure));
    }

    /** Moves the selected version into the trash. */
    void delete() {
        DatasetInfo info = data.selectedProperty().get();
        data.selectedProperty().set(null); // nobody reads it while it moves
        work.start(() -> {
            store.trash().put(info.id());
            return info;
        }, gone -> {
            model.remarkProperty().set(gone.id().display() + " lies in the trash; it can be restored.");
            refresh.run();
        }, failure -> {
            refresh.run();
            failed("Deleting " + info.id().display(), failure);
        });
    }

    /** Brings a version back. */
    void restore(DatasetInfo info) {
        work.start(() -> {
            store.trash().restore(info.id());
            return info;
        }, back -> {
            model.remarkProperty().set(back.id().display() + " is back.");
            model.trash().remove(back);
            refresh.run();
        }, failure -> failed("Restoring " + info.id().display(), failure));
    }

    private void failed(String action, Throwable failure) {
        errors.show(ErrorReport.of(action, failure));
    }
}
