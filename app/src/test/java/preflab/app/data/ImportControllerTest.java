package preflab.app.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
import preflab.datasets.example.Kind;
import preflab.datasets.importer.MappingPresets;
import preflab.datasets.importer.PreviewRow;
import preflab.datasets.importer.Problem;
import preflab.datasets.store.DatasetStore;

/** The way in for files, without a stage: every job runs at once on the calling thread. */
class ImportControllerTest {

    private static final String PAIR = "{\"prompt\": \"1+1=\", \"chosen\": \"2\", \"rejected\": \"3\"}\n";

    @TempDir
    private Path folder;

    private final ScriptedPicker picker = new ScriptedPicker();
    private final ErrorModel errors = new ErrorModel();
    private final Activities activities = new Activities();
    private final ImportModel model = new ImportModel();
    private DatasetStore store;
    private ImportController controller;

    @BeforeEach
    void open() {
        store = DatasetStore.open(folder.resolve("datasets"));
        controller = new ImportController(model, store, MappingPresets.in(folder.resolve("mappings")), picker,
                Work.direct(), activities, Ui.get().on(Ticker::new), errors);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Path file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void aChosenFileIsLookedAtAndNothingIsStoredYet() throws Exception {
        picker.willChoose(file("My Pairs (final).jsonl", PAIR.repeat(3)));
        controller.chooseFile();
        assertThat(model.stageProperty().get()).isEqualTo(ImportStage.PREVIEW);
        assertThat(model.detectionProperty().get().kind()).contains(Kind.PAIRED);
        assertThat(model.nameProperty().get()).isEqualTo("my-pairs-final");
        assertThat(store.list()).isEmpty();
    }

    @Test
    void whoeverChangesTheirMindIsLeftWhereTheyWere() {
        controller.chooseFile();
        assertThat(model.stageProperty().get()).isEqualTo(ImportStage.NONE);
    }

    @Test
    void theReportCountsEveryRowAndTheTaskBarIsEmptyAgain() throws Exception {
        controller.open(file("pairs.jsonl", PAIR.repeat(4) + "nonsense\n"));
        controller.run();
        assertThat(model.stageProperty().get()).isEqualTo(ImportStage.REPORT);
        assertThat(model.importedProperty().get().report().accepted()).isEqualTo(4);
        assertThat(model.importedProperty().get().report().rejected()).isEqualTo(1);
        assertThat(store.list()).hasSize(1);
        assertThat(activities.running()).isEmpty();
    }

    @Test
    void strangeColumnsCanBeMappedByHand() throws Exception {
        controller.open(file("strange.jsonl",
                "{\"q\": \"1+1=\", \"liked\": \"2\", \"disliked\": \"3\"}\n".repeat(2)));
        assertThat(model.detectionProperty().get().kind()).isEmpty();
        assertThat(controller.fields()).isEmpty();
        controller.chooseKind(Kind.PAIRED);
        assertThat(controller.fields()).contains("prompt", "chosen", "rejected");
        controller.map("prompt", "q");
        controller.map("chosen", "liked");
        controller.map("rejected", "disliked");
        assertThat(model.detectionProperty().get().kind()).contains(Kind.PAIRED);
        controller.run();
        assertThat(model.importedProperty().get().report().accepted()).isEqualTo(2);
    }

    @Test
    void aFileThatIsNoDataSaysSoInsteadOfAnErrorScene() throws Exception {
        controller.open(Files.write(folder.resolve("photo.jsonl"), new byte[]{0, 1, 2, 3, 0}));
        assertThat(model.stageProperty().get()).isEqualTo(ImportStage.FAILED);
        assertThat(model.problemProperty().get()).contains("photo.jsonl");
        assertThat(errors.reportProperty().get()).isNull();
    }

    @Test
    void aNameThatIsNotAllowedKeepsThePreviewAndSaysWhy() throws Exception {
        controller.open(file("pairs.jsonl", PAIR));
        model.nameProperty().set("../elsewhere");
        controller.run();
        assertThat(model.stageProperty().get()).isEqualTo(ImportStage.PREVIEW);
        assertThat(model.problemProperty().get()).isNotBlank();
        assertThat(store.list()).isEmpty();
    }

    @Test
    void rejectedRowsAreExportedWithTheirReasons() throws Exception {
        controller.open(file("pairs.jsonl", PAIR + "{\"prompt\": \"only\"}\n"));
        controller.run();
        Path csv = folder.resolve("rejected.csv");
        picker.willChoose(csv);
        controller.exportProblems();
        assertThat(Files.readAllLines(csv)).hasSize(2).first().isEqualTo("row,field,problem");
        assertThat(Files.readAllLines(csv).get(1)).startsWith("2,");
    }

    @Test
    void rejectedRowsAreExportedMendedAndImported() throws Exception {
        controller.open(file("pairs.jsonl", PAIR + "{\"prompt\": \"2+2=\", \"chosen\": \"4\"}\nnonsense\n"));
        controller.run();
        Path rows = folder.resolve("rejected.jsonl");
        picker.willChoose(rows);
        controller.exportRejected();
        assertThat(Files.readAllLines(rows)).hasSize(2).last().isEqualTo("nonsense");
        assertThat(Files.readString(rows)).contains("row 2, rejected: is missing");
        Files.writeString(rows, Files.readString(rows).replace("\"chosen\"", "\"rejected\":\"5\",\"chosen\"")
                .replace("nonsense", PAIR.strip()));
        controller.open(rows);
        controller.run();
        assertThat(model.importedProperty().get().report().rejected()).isZero();
        var mended = store.view(model.importedProperty().get().version());
        assertThat(mended.size()).isEqualTo(2);
        assertThat(mended.get(0).source().side()).isEmpty();
    }

    @Test
    void threeRealRowsStandBesideWhatTheyBecome() throws Exception {
        controller.open(file("pairs.jsonl", PAIR + "{\"prompt\": \"only\"}\n" + PAIR.repeat(5)));
        List<PreviewRow> rows = model.lookProperty().get().rows();
        assertThat(rows).hasSize(3);
        assertThat(rows.getFirst().cells()).containsEntry("chosen", "2");
        assertThat(rows.getFirst().examples()).hasSize(1);
        assertThat(rows.get(1).problem()).hasValueSatisfying(problem -> assertThat(problem.row()).isEqualTo(2));
    }

    @Test
    void aMappingIsSavedAndUsedForTheNextFile() throws Exception {
        String strange = "{\"q\": \"1+1=\", \"liked\": \"2\", \"disliked\": \"3\"}\n";
        controller.open(file("strange.jsonl", strange));
        controller.chooseKind(Kind.PAIRED);
        controller.map("prompt", "q");
        controller.map("chosen", "liked");
        controller.map("rejected", "disliked");
        controller.savePreset("my columns");
        assertThat(model.remarkProperty().get()).contains("my columns");
        controller.open(file("strange-too.jsonl", strange.repeat(2)));
        assertThat(model.detectionProperty().get().kind()).isEmpty();
        controller.use(model.presets().getFirst());
        assertThat(model.detectionProperty().get().kind()).contains(Kind.PAIRED);
        controller.savePreset("../elsewhere");
        assertThat(model.problemProperty().get()).contains("cannot name a preset");
    }

    @Test
    void severalFilesComeOneAfterAnother() throws Exception {
        controller.open(List.of(file("one.jsonl", PAIR), file("two.jsonl", PAIR), file("three.jsonl", PAIR)));
        controller.run();
        controller.next();
        assertThat(model.nameProperty().get()).isEqualTo("two");
        controller.next();
        controller.run();
        controller.next();
        assertThat(model.stageProperty().get()).isEqualTo(ImportStage.NONE);
        assertThat(store.list()).extracting(info -> info.id().dataset()).containsExactly("one", "three");
    }

    @Test
    void quotesAndCommasSurviveTheExport() {
        assertThat(ProblemTable.csv(List.of(new Problem(7, "a,b", "say \"no\""))))
                .containsExactly("row,field,problem", "7,\"a,b\",\"say \"\"no\"\"\"");
    }
}
