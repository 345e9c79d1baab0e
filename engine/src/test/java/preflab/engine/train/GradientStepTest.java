package preflab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import preflab.datasets.example.ExampleView;
import preflab.engine.batch.Examples;
import preflab.engine.batch.Item;
import preflab.engine.batch.Mismatch;
import preflab.engine.eval.BatchScorer;
import preflab.engine.objective.Needs;
import preflab.engine.objective.Scores;
import preflab.engine.tensor.Autograd;

/** Gradients of single steps on a tiny model. */
class GradientStepTest {

    @TempDir
    Path folder;

    private record Fixture<S extends Scores>(RunModels models, RunPlan<S> plan, List<Item> items)
            implements
                AutoCloseable {

        static Fixture<?> of(Path folder, String objective, ExampleView rows) {
            RunSpec spec = Tiny.spec(objective, rows, Map.of());
            return of(folder, RunPlan.of(spec, new TrainInputs(rows, Optional.empty(), folder,
                    Optional.empty(), folder)), rows);
        }

        private static <T extends Scores> Fixture<T> of(Path folder, RunPlan<T> plan, ExampleView rows) {
            RunModels models = Tiny.models(plan, folder);
            Examples examples = plan.examples(rows, 100, models.tokenizer(), plan.truncation(models.tokenizer(), 128));
            return new Fixture<>(models, plan,
                    plan.needs().mismatched() ? Mismatch.added(examples.items(), 128) : examples.items());
        }

        GradientStep<S> step(int microBatch) {
            return new GradientStep<>(plan.type().scores(), plan.objective(), scorer(),
                    plan.needs().coupling() == Needs.Coupling.BATCH, microBatch);
        }

        GradientStep<S> sparing(boolean layers, long logitsAtOnce) {
            return new GradientStep<>(plan.type().scores(), plan.objective(), scorer().sparing(layers, logitsAtOnce),
                    plan.needs().coupling() == Needs.Coupling.BATCH, 4);
        }

        BatchScorer scorer() {
            return models.scorer(plan.needs());
        }

        Map<String, double[]> gradients(int microBatch) {
            step(microBatch).accumulate(items);
            Map<String, double[]> gradients = new TreeMap<>();
            models.trainable().forEach((name, parameter) -> {
                float[] values = parameter.getGradient().toFloatArray();
                double[] wide = new double[values.length];
                for (int i = 0; i < values.length; i++) {
                    wide[i] = values[i];
                }
                gradients.put(name, wide);
                Autograd.zeroGradient(parameter);
            });
            return gradients;
        }

        @Override
        public void close() {
            models.close();
        }
    }

    private static ExampleView rows(String objective, int count) {
        return switch (objective) {
            case "sft" -> Tiny.demonstrations(count);
            case "dpo" -> Tiny.pairs(count);
            case "pmpo", "bco", "kto" -> Tiny.unpaired(count);
            case "npo_kl" -> Tiny.unlearning(count);
            default -> Tiny.steps(count);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"sft", "dpo", "pmpo", "pipa_m", "kto", "npo_kl"})
    void everyTrainableParameterOfTheTrunkHasAGradient(String objective) {
        try (Fixture<?> fixture = Fixture.of(folder, objective, rows(objective, 12))) {
            fixture.gradients(12).forEach((name, gradient) -> {
                boolean behindTheZeroLayer = name.startsWith("value_head.value_head.0");
                assertThat(norm(gradient) == 0).as(name).isEqualTo(behindTheZeroLayer);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sft", "dpo", "pmpo", "pipa_m", "bco", "kto", "step_kto", "npo_kl"})
    void paddingDoesNotChangeGradients(String objective) {
        try (Fixture<?> fixture = Fixture.of(folder, objective, rows(objective, 12))) {
            Map<String, double[]> padded = fixture.gradients(12);
            Map<String, double[]> alone = fixture.gradients(1);
            padded.forEach((name, gradient) -> {
                double scale = norm(gradient);
                for (int i = 0; i < gradient.length; i++) {
                    assertThat(alone.get(name)[i]).as(name).isCloseTo(gradient[i], within(1e-6 + 1e-4 * scale));
                }
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sft", "dpo", "pipa_m", "kto"})
    void chunksOfTheVocabularyAndRecomputedLayersGiveTheSameGradients(String objective) {
        try (Fixture<?> fixture = Fixture.of(folder, objective, rows(objective, 12))) {
            Map<String, double[]> whole = fixture.gradients(4);
            for (boolean layers : new boolean[]{false, true}) {
                fixture.sparing(layers, 48 * 7).accumulate(fixture.items());
                fixture.models().trainable().forEach((name, parameter) -> {
                    float[] spared = parameter.getGradient().toFloatArray();
                    double scale = norm(whole.get(name));
                    for (int i = 0; i < spared.length; i++) {
                        assertThat((double) spared[i]).as(name).isCloseTo(whole.get(name)[i],
                                within(1e-6 + 1e-4 * scale));
                    }
                    Autograd.zeroGradient(parameter);
                });
            }
        }
    }

    private static double norm(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }

    @Test
    void noArraysAreLeftBehindByAStep() {
        try (Fixture<?> fixture = Fixture.of(folder, "pipa_m", Tiny.steps(12))) {
            GradientStep<?> step = fixture.step(4);
            Optimizer optimizer = new Optimizer(fixture.models().trainable(), fixture.models().manager(),
                    fixture.plan().settings());
            for (int i = 0; i < 3; i++) {
                step.accumulate(fixture.items());
                optimizer.step(1e-3);
            }
            int before = arrays(fixture.models());
            for (int i = 0; i < 5; i++) {
                step.accumulate(fixture.items());
                optimizer.step(1e-3);
            }
            assertThat(arrays(fixture.models())).isEqualTo(before);
        }
    }

    private static int arrays(RunModels models) {
        NDManager root = models.manager();
        int count = root.getManagedArrays().size();
        for (NDArray parameter : List.of(models.policy().parameters().values().iterator().next(),
                models.reference().orElseThrow().parameters().values().iterator().next(),
                models.valueHead().orElseThrow().parameters().values().iterator().next())) {
            count += parameter.getManager().getManagedArrays().size();
        }
        return count;
    }
}
