package preflab.projects.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import preflab.datasets.SharedData;
import preflab.datasets.example.Content;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Source;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.Stepwise;
import preflab.datasets.importer.FieldMapping;
import preflab.datasets.importer.Hints;
import preflab.datasets.importer.Importers;
import preflab.datasets.importer.Progress;
import preflab.datasets.store.DatasetStore;
import preflab.datasets.store.ExampleJson;
import preflab.datasets.store.ImportRequest;

/** What is imported, stored, exported and imported again is what it was: texts, labels and values, byte for byte. */
class RoundTripTest {

    @TempDir
    Path temp;

    private static List<PreferenceExample> imported(Path file, Optional<Kind> kind) {
        List<PreferenceExample> rows = new ArrayList<>();
        Importers.plan(file, new Hints(kind, FieldMapping.NONE)).read(rows::add, Progress.NONE);
        return rows;
    }

    private List<PreferenceExample> exportedAndImported(ExampleView rows) {
        Path file = temp.resolve("again.jsonl");
        DatasetExport.jsonl(rows, file);
        return imported(file, Optional.of(rows.kind()));
    }

    private static List<String> canonical(List<PreferenceExample> rows) {
        return rows.stream().map(row -> new String(ExampleJson.encode(row), java.nio.charset.StandardCharsets.UTF_8))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"card_rows/nectar_row.json", "gsm8k/example_model_solutions.jsonl",
            "hh_rlhf/harmless-base_first100.jsonl", "label_studio/ls_output_pairwise.json",
            "llamafactory/kto_en_demo.json", "math_aps/samples_math-aps-tree.jsonl", "math_aps/samples_math-aps.jsonl",
            "math_shepherd/samples_math-shepherd.jsonl", "medicalgpt/dpo_zh_first100.jsonl",
            "medicalgpt/sharegpt_zh_first100.jsonl", "openassistant/en_trees_first60.jsonl",
            "parquet_arrow/dpo_en_demo_first40_lz4.arrow", "parquet_arrow/hh_first100_zstd.parquet",
            "prm800k/RM-scored-example.json", "prm800k/phase1-test-example.json", "prm800k/phase2-train-example.json",
            "prm800k/samples_prm800k.jsonl", "processbench/gsm8k.json", "r_tofu/forget01_first20.json",
            "tofu/forget01.json", "trl_zen/conversational_implicit_prompt_preference.jsonl",
            "trl_zen/standard_stepwise_supervision.jsonl", "trl_zen/standard_prompt_only.jsonl"})
    void aRealFileComesBackAsItWas(String name) {
        Path file = SharedData.data(name);
        try (DatasetStore store = DatasetStore.open(temp.resolve("store"))) {
            ExampleView stored = store.view(store.importFile(file, ImportRequest.named("d"), Progress.NONE).version());
            List<PreferenceExample> first = IntStream.range(0, stored.size()).mapToObj(stored::get).toList();

            assertThat(canonical(first)).isEqualTo(canonical(imported(file, Optional.empty())));
            assertThat(canonical(exportedAndImported(stored))).isEqualTo(canonical(first));
        }
    }

    @Test
    void everyLabelAndValueAndOddTextComesBack() {
        List<Step> steps = List.of(Step.labelled(" a\n", StepLabel.GOOD), Step.labelled("\u2028b ", StepLabel.NEUTRAL),
                Step.labelled("字😀\t", StepLabel.UNMARKED), Step.labelled("d\r\n", StepLabel.BAD));
        List<Step> valued = List.of(Step.valued("x", -0.1), new Step("y", StepLabel.NEUTRAL, OptionalDouble.of(0)),
                new Step("z", StepLabel.UNMARKED, OptionalDouble.empty()));
        List<PreferenceExample> rows = List.of(row(0, steps), row(1, List.of(Step.labelled("n", StepLabel.NEUTRAL))),
                row(2, List.of(Step.labelled("u", StepLabel.UNMARKED))), row(3, valued));
        ExampleView view = ExampleView.of(new DatasetVersionId("d", 1, "0".repeat(64)), Kind.STEPWISE, rows);

        assertThat(exportedAndImported(view)).extracting(row -> ((Stepwise) row).steps())
                .containsExactlyElementsOf(rows.stream().map(row -> ((Stepwise) row).steps()).toList());
    }

    private static PreferenceExample row(int id, List<Step> steps) {
        return new Stepwise(new ExampleId(id), Content.of(" \"q\" " + id), steps, Optional.empty(), new Source("f", 1));
    }
}
