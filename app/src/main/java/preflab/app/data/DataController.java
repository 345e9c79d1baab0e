package preflab.app.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import preflab.app.dialog.ErrorModel;
import preflab.app.dialog.ErrorReport;
import preflab.app.task.Latest;
import preflab.app.task.Work;
import preflab.app.widget.Words;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.store.DatasetInfo;
import preflab.datasets.store.DatasetStore;
import preflab.datasets.store.FoundRows;
import preflab.datasets.store.RowFilter;
import preflab.datasets.store.RowNumber;
import preflab.datasets.store.RowQuery;
import preflab.datasets.store.StoredView;

/** Lists the versions of a project's datasets, pages through their rows, finds and sorts them in the database. */
public final class DataController {

    /** More rows than a person reads one by one, where something points at rows. */
    static final int MOST_PICKED = 1000;

    private final DataModel model;
    private final ImportController imports;
    private final DatasetStore store;
    private final Work work;
    private final ErrorModel errors;
    private final Latest listing;
    private final Latest showing;
    private final VersionsController versions;
    private Stopper finding = new Stopper();
    /** While several conditions change as one. */
    private boolean settling;
    private Consumer<List<DatasetInfo>> whenListed = list -> {
    };

    public DataController(DataModel model, ImportController imports, DatasetStore store, Work work,
            ErrorModel errors) {
        this.model = model;
        this.imports = imports;
        this.store = store;
        this.work = work;
        this.errors = errors;
        this.listing = new Latest(work);
        this.showing = new Latest(work);
        imports.setWhenImported(version -> refresh(Optional.of(version)));
        this.versions = new VersionsController(new VersionsModel(), model, store, work, errors, this::refresh);
        model.selectedProperty().subscribe((before, selected) -> selected(selected));
        model.queryProperty().subscribe((before, query) -> asked());
        model.filters().addListener((ListChangeListener<RowFilter>) change -> asked());
        model.sortProperty().subscribe((before, sort) -> asked());
        model.descendingProperty().subscribe((before, descending) -> asked());
        model.pickedProperty().subscribe((before, picked) -> showRows());
    }

    /** History, differences and the trash. */
    VersionsController versions() {
        return versions;
    }

    /** Another version begins with all its rows. */
    private void selected(DatasetInfo info) {
        settling = true;
        model.queryProperty().set("");
        model.filters().clear();
        model.sortProperty().set(RowNumber.ROW);
        model.descendingProperty().set(false);
        model.pickedProperty().set(null);
        model.files().clear();
        settling = false;
        if (info != null) {
            work.start(() -> store.view(info.id()).files(), files -> {
                if (info.equals(model.selectedProperty().get())) {
                    model.files().setAll(files);
                }
            }, this::cannotRead);
        }
        showRows();
    }

    /** Other conditions count for the whole version again. */
    private void asked() {
        if (!settling) {
            settling = true;
            model.pickedProperty().set(null);
            settling = false;
            showRows();
        }
    }

    public DataModel model() {
        return model;
    }

    public ImportController imports() {
        return imports;
    }

    /** Shows one row of a version, counted from 0, and lets it be read. */
    public void show(DatasetInfo info, int row) {
        model.selectedProperty().set(info);
        model.pickedProperty().set(new PickedRows("Row " + (row + 1) + ", from Compare", List.of(row)));
    }

    /** Who is told when the list of versions has been read. */
    public void setWhenListed(Consumer<List<DatasetInfo>> listener) {
        this.whenListed = listener;
    }

    /** Reads the list of versions anew. */
    public void refresh() {
        refresh(Optional.ofNullable(model.selectedProperty().get()).map(DatasetInfo::id));
    }

    private void refresh(Optional<DatasetVersionId> wanted) {
        model.loadingProperty().set(model.datasets().isEmpty());
        listing.start(store::list, list -> listed(list, wanted), failure -> {
            model.loadingProperty().set(false);
            errors.show(ErrorReport.of("Reading the list of datasets", failure));
        });
    }

    private void listed(List<DatasetInfo> list, Optional<DatasetVersionId> wanted) {
        model.loadingProperty().set(false);
        model.datasets().setAll(list);
        model.selectedProperty().set(list.stream().filter(info -> wanted.equals(Optional.of(info.id()))).findFirst()
                .orElse(list.isEmpty() ? null : list.getFirst()));
        whenListed.accept(list);
    }

    private void showRows() {
        if (settling) {
            return;
        }
        finding.cancel();
        DatasetInfo info = model.selectedProperty().get();
        model.exampleProperty().set(null);
        if (info == null) {
            showing.cancel();
            model.rowsProperty().set(FXCollections.observableArrayList());
            model.rowsNoteProperty().set("");
        } else if (model.pickedProperty().get() != null) {
            showPicked(info, model.pickedProperty().get());
        } else if (model.rowQuery().equals(RowQuery.ALL)) {
            showing.start(() -> store.view(info.id()), view -> showAll(info, view), this::cannotRead);
        } else {
            find(info, model.rowQuery());
        }
    }

    private void find(DatasetInfo info, RowQuery query) {
        Stopper stopper = new Stopper();
        finding = stopper;
        model.rowsNoteProperty().set("searching…");
        showing.start(() -> store.view(info.id()).find(query, stopper), found -> showFound(info, found), failure -> {
            if (!(failure instanceof CancellationException)) {
                cannotRead(failure);
            }
        });
    }

    private void showAll(DatasetInfo info, StoredView view) {
        model.rowsNoteProperty().set(Words.count(info.rows(), "row"));
        model.rowsProperty().set(new RowPages(view.size(), view::page, work, this::cannotRead));
    }

    private void showFound(DatasetInfo info, FoundRows found) {
        model.rowsProperty().set(new RowPages(found.size(), found::page, work, this::cannotRead));
        model.rowsNoteProperty().set(found.size() == 0
                ? "no matches"
                : Words.count(found.size()) + " of " + Words.count(info.rows(), "row"));
    }

    private void showPicked(DatasetInfo info, PickedRows picked) {
        int[] ids = Arrays.copyOf(picked.ids(), Math.min(MOST_PICKED, picked.rows().size()));
        showing.start(() -> store.view(info.id()).rows(ids), examples -> {
            ObservableList<ExampleRow> rows = FXCollections.observableArrayList();
            for (PreferenceExample example : examples) {
                ExampleRow row = new ExampleRow(rows.size());
                row.exampleProperty().set(example);
                rows.add(row);
            }
            model.rowsProperty().set(rows);
            model.rowsNoteProperty().set(ids.length < picked.rows().size()
                    ? "the first " + Words.count(ids.length) + " of " + Words.count(picked.rows().size())
                    : Words.count(ids.length, "row"));
        }, this::cannotRead);
    }

    private void cannotRead(Throwable failure) {
        errors.show(ErrorReport.of("Reading rows", failure));
    }
}
