package preflab.projects.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import preflab.datasets.example.Content;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.Message;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.PromptOnly;
import preflab.datasets.example.Ranked;
import preflab.datasets.example.Source;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.Stepwise;
import preflab.datasets.example.Unlearning;
import preflab.datasets.example.Unpaired;
import preflab.datasets.importer.FieldMapping;
import preflab.datasets.importer.Progress;
import preflab.datasets.store.DatasetStore;
import preflab.datasets.store.ImportRequest;
import preflab.datasets.store.Imported;

class DatasetExportTest {

    private static final Content PROMPT = Content.of("1+1 = \"?\"\n");
    private static final Content RIGHT = Content.of(" 2 ✓");
    private static final Content WRONG = Content.of(" 3");

    private @TempDir Path folder;

    @ParameterizedTest
    @MethodSource("rowsOfEveryKindThatFilesHold")
    void exportedRowsImportAsTheSameRows(List<PreferenceExample> rows) {
        try (DatasetStore store = DatasetStore.open(folder.resolve("datasets"))) {
            DatasetVersionId id = store.add("rows", rows.getFirst().kind(), rows.iterator(), "test");
            Path file = folder.resolve("exports/rows.jsonl");
            DatasetExport.jsonl(store.view(id), file);
            Imported again = store.importFile(file,
                    new ImportRequest("again", Optional.of(rows.getFirst().kind()), FieldMapping.NONE), Progress.NONE);
            assertThat(again.report().problems()).isEmpty();
            assertThat(again.version().sha256()).isEqualTo(id.sha256());
        }
    }

    static Stream<List<PreferenceExample>> rowsOfEveryKindThatFilesHold() {
        ExampleId id = new ExampleId(0);
        Source source = new Source("test", 1, Map.of("score", "0.5"));
        Content chat = Content.of(List.of(new Message("user", "1+1?")));
        return Stream.of(
                List.of(new Paired(id, PROMPT, RIGHT, WRONG, source)),
                List.of(new Paired(id, chat, Content.of(List.of(new Message("assistant", "2"))),
                        Content.of(List.of(new Message("assistant", "3"))), source)),
                List.of(new Unpaired(id, PROMPT, RIGHT, true, source), new Unpaired(id, PROMPT, WRONG, false, source)),
                List.of(new Ranked(id, PROMPT,
                        List.of(new Ranked.Candidate(RIGHT, 1), new Ranked.Candidate(WRONG, -2.5)), source)),
                List.of(new Stepwise(id, PROMPT,
                        List.of(Step.labelled("a\n", StepLabel.NEUTRAL), Step.labelled("b", StepLabel.UNMARKED),
                                new Step("c", StepLabel.GOOD, OptionalDouble.of(-0.25))),
                        Optional.of(true), source)),
                List.of(new Stepwise(id, PROMPT, List.of(Step.valued("a", 1), Step.valued("b", -1)), Optional.empty(),
                        source)),
                List.of(new Unlearning(id, PROMPT, RIGHT, true, source),
                        new Unlearning(id, PROMPT, WRONG, false, source)),
                List.of(new Demonstration(id, PROMPT, RIGHT, source)), List.of(new PromptOnly(id, PROMPT, source)));
    }
}
