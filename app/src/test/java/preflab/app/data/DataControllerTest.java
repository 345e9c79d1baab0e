package preflab.app.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.app.dialog.ErrorModel;
import preflab.app.task.Activities;
import preflab.app.task.Ticker;
import preflab.app.task.Work;
import preflab.app.ui.ScriptedPicker;
import preflab.app.ui.Ui;
import preflab.datasets.example.Content;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.Kind;
import preflab.datasets.example.PromptOnly;
import preflab.datasets.example.Source;
import preflab.datasets.importer.MappingPresets;
import preflab.datasets.store.DatasetStore;
import preflab.datasets.store.RowFilter;
import preflab.datasets.store.RowNumber;

class DataControllerTest {

    private static final int MANY = 120_000;

    @TempDir
    private Path folder;

    private final DataModel model = new DataModel();
    private final ErrorModel errors = new ErrorModel();
    private DatasetStore store;
    private DataController controller;

    @BeforeEach
    void open() {
        store = DatasetStore.open(folder);
        ImportController imports = new ImportController(new ImportModel(), store,
                MappingPresets.in(folder.resolve("mappings")), new ScriptedPicker(), Work.direct(),
                new Activities(), Ui.get().on(Ticker::new), errors);
        controller = new DataController(model, imports, store, Work.direct(), errors);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void add(String name, int rows) {
        store.add(name, Kind.PROMPTS, IntStream.range(0, rows).mapToObj(i -> new PromptOnly(new ExampleId(i),
                Content.of("prompt number " + i), new Source("made up", i + 1L))).iterator(), "made up");
    }

    @Test
    void aTableOfManyRowsKeepsOnlyThePagesItShows() {
        add("many", MANY);
        controller.refresh();
        RowPages rows = (RowPages) model.rowsProperty().get();
        assertThat(rows).hasSize(MANY);
        assertThat(rows.get(MANY - 1).exampleProperty().get().prompt().text()).isEqualTo("prompt number 119999");
        for (int row = 0; row < MANY; row += 50) {
            assertThat(rows.get(row).exampleProperty().get().id().index()).isEqualTo(row);
        }
        assertThat(rows.pagesHeld()).isLessThanOrEqualTo(30);
        assertThat(rows.indexOf(rows.get(77_777))).isEqualTo(77_777);
    }

    @Test
    void searchShowsWhatMatchesAndSaysHowMuch() {
        add("some", 3000);
        controller.refresh();
        model.queryProperty().set("number 299");
        assertThat(model.rowsNoteProperty().get()).isEqualTo("11 of 3,000 rows");
        assertThat(model.rowsProperty().get()).hasSize(11);
        model.filters().add(new RowFilter.Between(RowNumber.ROW, 2000, 2994));
        model.sortProperty().set(RowNumber.ROW);
        model.descendingProperty().set(true);
        assertThat(model.rowsNoteProperty().get()).isEqualTo("5 of 3,000 rows");
        assertThat(model.rowsProperty().get().getFirst().exampleProperty().get().id().index()).isEqualTo(2994);
        model.filters().clear();
        model.descendingProperty().set(false);
        model.queryProperty().set("");
        assertThat(model.rowsNoteProperty().get()).isEqualTo("3,000 rows");
    }

    @Test
    void rowsThatAreNotThereAreSaidNotToBe() {
        add("some", 30);
        controller.refresh();
        model.queryProperty().set("zebra");
        assertThat(model.rowsNoteProperty().get()).isEqualTo("no matches");
        assertThat(model.rowsProperty().get()).isEmpty();
    }

    @Test
    void pickedRowsAreShownUntilSomethingElseIsAskedFor() {
        add("some", 300);
        controller.refresh();
        model.pickedProperty().set(new PickedRows("equal", List.of(7, 250)));
        assertThat(model.rowsProperty().get()).extracting(row -> row.exampleProperty().get().id().index())
                .containsExactly(7, 250);
        model.queryProperty().set("number 299");
        assertThat(model.pickedProperty().get()).isNull();
        assertThat(model.rowsProperty().get()).hasSize(1);
    }

    @Test
    void aDeletedVersionLiesInTheTrashUntilItIsRestored() {
        add("a", 3);
        add("b", 2);
        controller.refresh();
        model.selectedProperty().set(model.datasets().getFirst());
        controller.versions().delete();
        assertThat(model.datasets()).extracting(info -> info.id().dataset()).containsExactly("b");
        VersionsModel versions = controller.versions().model();
        assertThat(versions.trash()).hasSize(1);
        controller.versions().restore(versions.trash().getFirst());
        assertThat(model.datasets()).extracting(info -> info.id().dataset()).containsExactly("a", "b");
        assertThat(errors.reportProperty().get()).isNull();
    }

    @Test
    void twoVersionsAreCompared() {
        add("a", 3);
        add("a", 5);
        controller.refresh();
        model.selectedProperty().set(model.datasets().get(1));
        VersionsModel versions = controller.versions().model();
        versions.otherProperty().set(versions.others().getFirst());
        assertThat(versions.differenceProperty().get().unchanged()).isEqualTo(3);
        assertThat(versions.differenceProperty().get().added()).containsExactly(3, 4);
        assertThat(versions.originProperty().get().text()).isEqualTo("made up");
    }

    @Test
    void theChosenVersionStaysChosenWhenTheListIsReadAnew() {
        add("a", 1);
        add("b", 2);
        controller.refresh();
        model.selectedProperty().set(model.datasets().get(1));
        add("c", 3);
        controller.refresh();
        assertThat(model.datasets()).hasSize(3);
        assertThat(model.selectedProperty().get().id().dataset()).isEqualTo("b");
        assertThat(errors.reportProperty().get()).isNull();
    }
}
