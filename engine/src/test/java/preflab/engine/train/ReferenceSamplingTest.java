package preflab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import preflab.datasets.example.ExampleView;
import preflab.engine.batch.Item;
import preflab.engine.batch.Sequence;
import preflab.engine.objective.Group;

/** Completions drawn from the reference, and the previous round's policy. */
class ReferenceSamplingTest {

    @TempDir
    Path folder;

    /** Tokens of prompt and drawn completion, by row. */
    private List<String> drawn(String objective, ExampleView rows, Map<String, String> settings) {
        return drawn(objective, rows, settings, SampleCache.NONE);
    }

    private List<String> drawn(String objective, ExampleView rows, Map<String, String> settings, SampleCache cache) {
        RunPlan<?> plan = RunPlan.of(Tiny.spec(objective, rows, settings),
                new TrainInputs(rows, Optional.empty(), folder, Optional.empty(), folder));
        try (RunModels models = Tiny.models(plan, folder)) {
            List<Item> items = plan.examples(rows, 100, models.tokenizer(), plan.truncation(models.tokenizer(), 128))
                    .items();
            return new ReferenceSampling(plan, models, 40, new StopSignal(), Tiny.model(folder, 8), cache).added(items)
                    .stream()
                    .map(item -> ids(item.sequences().getLast())).toList();
        }
    }

    private static String ids(Sequence sequence) {
        assertThat(sequence.group()).isEqualTo(Group.REFERENCE_SAMPLES);
        assertThat(sequence.length()).isLessThanOrEqualTo(40);
        return Arrays.toString(IntStream.range(0, sequence.length()).map(sequence::id).toArray());
    }

    @Test
    void theSameSeedAlwaysDrawsTheSame() {
        List<String> once = drawn("typo", Tiny.pairs(12), Map.of());
        assertThat(drawn("typo", Tiny.pairs(12), Map.of())).isEqualTo(once);
        assertThat(drawn("typo", Tiny.pairs(12), Map.of("seed", "5"))).isNotEqualTo(once);
        assertThat(once.stream().distinct().count()).isGreaterThan(6);
    }

    /** Remembers in memory and counts. */
    private static final class Kept implements SampleCache {
        final Map<String, List<int[]>> byKey = new HashMap<>();
        int found;

        @Override
        public Optional<List<int[]>> find(String key) {
            found += byKey.containsKey(key) ? 1 : 0;
            return Optional.ofNullable(byKey.get(key));
        }

        @Override
        public void keep(String key, List<int[]> completions) {
            byKey.put(key, completions);
        }
    }

    @Test
    void whatWasDrawnOnceIsTakenFromTheCacheByEveryObjectiveThatDrawsAlike() {
        Kept kept = new Kept();
        List<String> typo = drawn("typo", Tiny.pairs(12), Map.of(), kept);
        assertThat(kept.found).isZero();
        assertThat(drawn("typo", Tiny.pairs(12), Map.of("lambda", "0.7"), kept)).isEqualTo(typo);
        assertThat(drawn("d2o", Tiny.pairs(12), Map.of(), kept)).isEqualTo(typo);
        assertThat(kept.found).isEqualTo(2);
        assertThat(kept.byKey).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"seed,5", "evaluation.max_new_tokens,3", "compute.precision,bfloat16"})
    void whatTheDrawDependsOnIsPartOfTheKey(String setting, String value) {
        Kept kept = new Kept();
        drawn("typo", Tiny.pairs(12), Map.of(), kept);
        drawn("typo", Tiny.pairs(12), Map.of(setting, value), kept);
        drawn("typo", Tiny.pairs(11), Map.of(), kept);
        assertThat(kept.found).isZero();
        assertThat(kept.byKey).hasSize(3);
    }

    @Test
    void rowsThatShareAPromptShareItsCompletion() {
        List<String> all = drawn("pmpo", Tiny.stepAnswers(12), Map.of("kl", "sampled"));
        assertThat(all).hasSize(12);
        assertThat(all.get(0)).isEqualTo(all.get(1)).isNotEqualTo(all.get(2));
    }

    @Test
    void d2oLearnsFromRejectedCompletionsOnly() {
        assertThat(drawn("d2o", Tiny.unpaired(12), Map.of())).hasSizeBetween(1, 11);
        assertThat(drawn("d2o", Tiny.pairs(12), Map.of())).hasSize(12);
    }

    @Test
    void howTheyAreDrawnIsSaidOnceAndNotWhereNoneAre() {
        Tiny.Recorder run = Tiny.run(folder, "typo", Tiny.pairs(12), Map.of("steps", "1"));
        assertThat(run.all(RunEvent.Warned.class)).filteredOn(e -> e.code().equals("reference_samples")).singleElement()
                .satisfies(e -> assertThat(e.message())
                        .contains("1 per prompt", "temperature 1.0, top-k 60, top-p 0.8, repetition penalty 1.1")
                        .contains("not the reference itself"));
        assertThat(Tiny.run(folder, "dpo", Tiny.pairs(12), Map.of("steps", "1")).all(RunEvent.Warned.class)).isEmpty();
    }

    @Test
    void d2oDrawsAsManyDifferentSamplesAsAskedFor() {
        Kept kept = new Kept();
        List<String> third = drawn("d2o", Tiny.unpaired(12), Map.of("num_samples", "3"), kept);
        assertThat(kept.byKey).hasSize(3);
        assertThat(third).isNotEqualTo(drawn("d2o", Tiny.unpaired(12), Map.of(), kept)); // its only one is the first
        assertThat(kept.found).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"typo,lambda=0.5", "d2o,beta=0.2", "d2o,num_samples=3", "pmpo,kl=sampled"})
    void accumulationDoesNotChangeTheStep(String objective, String hyper) {
        String[] pair = hyper.split("=", 2);
        Map<String, String> whole = Map.of("steps", "2", "batch_size", "8", pair[0], pair[1]);
        Map<String, String> parts = Map.of("steps", "2", "batch_size", "2", "gradient_accumulation_steps", "4", pair[0],
                pair[1]);
        ExampleView rows = objective.equals("typo") ? Tiny.pairs(24) : Tiny.unpaired(24);
        for (String metric : List.of("loss", "grad_norm")) {
            assertThat(last(objective, rows, parts, metric)).as(metric)
                    .isCloseTo(last(objective, rows, whole, metric), within(1e-4));
        }
    }

    private double last(String objective, ExampleView rows, Map<String, String> settings, String metric) {
        Tiny.Recorder run = Tiny.run(folder, objective, rows, settings);
        assertThat(run.ended().outcome()).as(run.ended().message()).isEqualTo(Outcome.FINISHED);
        return run.series(metric).getLast();
    }

    @Test
    void heldOutRowsGetCompletionsToo() {
        ExampleView rows = Tiny.pairs(12);
        Tiny.Recorder run = Tiny.run(folder, Tiny.spec("typo", rows, Map.of("evaluation.rows", "12")), rows,
                Optional.of(rows), Tiny.model(folder, 7));
        assertThat(run.series("eval/loss/reference_samples")).hasSize(2).allMatch(value -> value > 0);
    }

    /** With the prior the policy itself, every log-ratio is 0 at first; a prior trained apart changes the loss. */
    @ParameterizedTest
    @CsvSource({"pipa_m", "pipa_n"})
    void pipaReadsASeparatelyTrainedPrior(String objective) {
        ExampleView rows = Tiny.steps(8);
        RunSpec spec = Tiny.spec(objective, rows, Map.of("steps", "1"));
        Path policy = Tiny.model(folder, 7);
        double own = Tiny.run(folder, spec, rows, Optional.empty(), policy).series("rewards/chosen").getFirst();
        double apart = run(spec, rows, policy, Tiny.model(folder, 8)).series("rewards/chosen").getFirst();
        assertThat(own).isCloseTo(0, within(1e-5));
        assertThat(apart).isNotCloseTo(0, within(1e-3));
    }

    private Tiny.Recorder run(RunSpec spec, ExampleView rows, Path policy, Path reference) {
        Tiny.Recorder recorder = new Tiny.Recorder();
        new Trainer(spec, new TrainInputs(rows, Optional.empty(), policy, Optional.of(reference),
                folder.resolve("checkpoints")), recorder, new StopSignal()).run();
        assertThat(recorder.ended().outcome()).as(recorder.ended().message()).isEqualTo(Outcome.FINISHED);
        return recorder;
    }

    @ParameterizedTest
    @CsvSource({"simpo", "cpo", "orpo"})
    void objectivesWithoutAReferenceLoadNone(String objective) {
        ExampleView rows = Tiny.pairs(8);
        run(Tiny.spec(objective, rows, Map.of("steps", "1")), rows, Tiny.model(folder, 7), folder.resolve("nothing"));
    }

    /** The first step of a round: the policy is the previous one, so only the reference's share is left of the gap. */
    @Test
    void inposFirstLossIsThatOfThePolicyItStartsFrom() {
        ExampleView rows = Tiny.pairs(8);
        Map<String, String> hyper = Map.of("steps", "1", "eta", "0.5", "tau", "0.25");
        RunSpec spec = Tiny.spec("inpo", rows, hyper);
        Path policy = Tiny.model(folder, 7);
        Tiny.Recorder same = Tiny.run(folder, spec, rows, Optional.empty(), policy);
        assertThat(same.series("loss").getFirst()).isCloseTo(1, within(1e-5)); // (0 − 1/(2·0.5))²
        Tiny.Recorder other = run(spec, rows, policy, Tiny.model(folder, 8));
        double margin = other.series("rewards/margins").getFirst() / 0.5; // h_w − h_l by the reference
        assertThat(margin).isNotCloseTo(0, within(1e-3));
        assertThat(other.series("loss").getFirst()).isGreaterThan(0).isNotCloseTo(1, within(1e-6));
    }
}
