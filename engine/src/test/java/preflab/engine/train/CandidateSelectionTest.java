package preflab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import preflab.datasets.example.ExampleView;
import preflab.engine.batch.Examples;
import preflab.engine.batch.Item;
import preflab.engine.batch.Sequence;
import preflab.engine.eval.BatchScorer;
import preflab.engine.objective.Group;

/** MC-PO's negatives. */
class CandidateSelectionTest {

    private static final ExampleView ROWS = Tiny.ranked(12);

    @TempDir
    Path folder;

    /** The sequences that a step goes on with, by item. */
    private List<List<String>> selected(Map<String, String> settings, int step) {
        RunSpec spec = Tiny.spec("mcpo", ROWS, settings);
        RunPlan<?> plan = RunPlan.of(spec,
                new TrainInputs(ROWS, Optional.empty(), folder, Optional.empty(), folder));
        try (RunModels models = Tiny.models(plan, folder)) {
            Examples examples = plan.examples(ROWS, 100, models.tokenizer(), plan.truncation(models.tokenizer(), 128));
            BatchScorer scorer = settings.containsValue("random") || settings.containsValue("all")
                    ? null // not asked
                    : new BatchScorer(models.policy(), models.reference(), models.valueHead(), plan.needs());
            return new CandidateSelection(plan.objective(), scorer, 5, plan.settings().get(TrainSettings.SEED))
                    .select(step, examples.items()).stream().map(CandidateSelectionTest::described).toList();
        }
    }

    private static List<String> described(Item item) {
        assertThat(item.sequences().getFirst().group()).isEqualTo(Group.CHOSEN);
        return item.sequences().stream().map(CandidateSelectionTest::described).toList();
    }

    private static String described(Sequence sequence) {
        return sequence.group().id() + " " + sequence.number();
    }

    @Test
    void theSameStepAlwaysDrawsTheSameAndAnotherStepAnother() {
        List<List<String>> once = selected(Map.of(), 3);
        assertThat(selected(Map.of(), 3)).isEqualTo(once);
        assertThat(selected(Map.of(), 4)).isNotEqualTo(once);
        assertThat(selected(Map.of("seed", "99"), 3)).isNotEqualTo(once);
    }

    @ParameterizedTest
    @CsvSource({"1,2", "2,3"})
    void onlyThePreferredAndTheSelectedCompletionsGoOn(String negatives, int sequences) {
        assertThat(selected(Map.of("num_negatives", negatives), 0)).allSatisfy(
                item -> assertThat(item).hasSize(sequences));
    }

    @Test
    void randomNegativesAreDrawnWithoutAskingAModel() {
        List<List<String>> drawn = selected(Map.of("sampler", "random", "num_negatives", "2"), 3);
        assertThat(drawn).allSatisfy(item -> assertThat(item).hasSize(3).doesNotHaveDuplicates());
        assertThat(selected(Map.of("sampler", "random", "num_negatives", "2"), 4)).isNotEqualTo(drawn);
        assertThat(selected(Map.of("sampler", "all"), 3)).allSatisfy(item -> assertThat(item).hasSizeBetween(3, 5));
    }

    @Test
    void extraImitationLeavesTheChoiceOfNegativesAsItIs() {
        assertThat(selected(Map.of("sft_coefficient", "0.5"), 3)).isEqualTo(selected(Map.of(), 3));
    }

    @Test
    void hardestAndEasiestDiffer() {
        assertThat(selected(Map.of("sampler", "max"), 0)).isNotEqualTo(selected(Map.of("sampler", "min"), 0));
    }

    @ParameterizedTest
    @CsvSource({"mc,false", "max,false", "min,false", "random,false", "all,false", "mc,true"})
    void everySamplerTrainsTheSameWithAndWithoutAccumulation(String sampler, String literal) {
        Map<String, String> whole = Map.of("sampler", sampler, "include_positive", literal, "steps", "2",
                "batch_size", "8", "num_negatives", "2");
        Map<String, String> parts = Map.of("sampler", sampler, "include_positive", literal, "steps", "2",
                "batch_size", "2", "gradient_accumulation_steps", "4", "num_negatives", "2");
        assertThat(last(parts, "loss")).isCloseTo(last(whole, "loss"), within(1e-4));
        assertThat(last(parts, "grad_norm")).isCloseTo(last(whole, "grad_norm"), within(1e-4));
    }

    private double last(Map<String, String> settings, String metric) {
        Tiny.Recorder run = Tiny.run(folder, "mcpo", ROWS, settings);
        assertThat(run.ended().outcome()).as(run.ended().message()).isEqualTo(Outcome.FINISHED);
        return run.series(metric).getLast();
    }

    @ParameterizedTest
    @CsvSource({"mcpo", "infonca", "nca"})
    void heldOutListsAreJudged(String objective) {
        Tiny.Recorder run = Tiny.run(folder, Tiny.spec(objective, ROWS, Map.of("evaluation.rows", "12")), ROWS,
                Optional.of(ROWS), Tiny.model(folder, 7));
        assertThat(run.series("eval/loss")).hasSize(2).allMatch(Double::isFinite);
    }
}
