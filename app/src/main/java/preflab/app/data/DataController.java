package preflab.app.data;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
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
import preflab.datasets.store.StoredView;

/** Lists the versions of a project's datasets, pages through their rows and finds words in them. */
public final class DataController {

    /** More hits than a person reads; a narrower search is the better way on. */
    static final int MOST_HITS = 1000;

    private final DataModel model;
    private final ImportController imports;
    private final DatasetStore store;
    private final Work work;
    private final ErrorModel errors;
    private final Latest listing;
    private final Latest showing;
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
        model.selectedProperty().subscribe((before, selected) -> {
            if (model.queryProperty().get().isEmpty()) {
                showRows();
            } else {
                model.queryProperty().set("");
            }
        });
        model.queryProperty().subscribe((before, query) -> showRows());
    }

    public DataModel model() {
        return model;
    }

    public ImportController imports() {
        return imports;
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
        DatasetInfo info = model.selectedProperty().get();
        String query = model.queryProperty().get();
        model.exampleProperty().set(null);
        if (info == null) {
            model.rowsProperty().set(FXCollections.observableArrayList());
            model.rowsNoteProperty().set("");
        } else if (query.isEmpty()) {
            showing.start(() -> store.view(info.id()), view -> showAll(info, view), this::cannotRead);
        } else {
            model.rowsNoteProperty().set("searching…");
            showing.start(() -> store.view(info.id()).search(query, 0, MOST_HITS + 1), this::showHits,
                    this::cannotRead);
        }
    }

    private void showAll(DatasetInfo info, StoredView view) {
        model.rowsNoteProperty().set(Words.count(info.rows(), "row"));
        model.rowsProperty().set(new RowPages(view.size(), view::page, work, this::cannotRead));
    }

    private void showHits(List<PreferenceExample> hits) {
        ObservableList<ExampleRow> rows = FXCollections.observableArrayList();
        for (PreferenceExample hit : hits.subList(0, Math.min(MOST_HITS, hits.size()))) {
            ExampleRow row = new ExampleRow(rows.size());
            row.exampleProperty().set(hit);
            rows.add(row);
        }
        model.rowsProperty().set(rows);
        model.rowsNoteProperty().set(hits.size() > MOST_HITS
                ? "the first " + Words.count(MOST_HITS) + " matches"
                : hits.isEmpty()
                        ? "no matches"
                        : Words.count(hits.size()) + (hits.size() == 1 ? " match" : " matches"));
    }

    private void cannotRead(Throwable failure) {
        errors.show(ErrorReport.of("Reading rows", failure));
    }
}
