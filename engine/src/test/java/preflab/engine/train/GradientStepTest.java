package preflab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
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
import preflab.engine.model.ForwardingPolicy;
import preflab.engine.model.Policy;
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

        GradientStep<S> small() {
            BatchScorer scorer = new BatchScorer(new Small(models.policy()), models.reference(), Optional.empty(),
                    plan.needs());
            return new GradientStep<>(plan.type().scores(), plan.objective(), scorer, false, 8);
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

    /** A policy whose machine has memory for four sequences. */
    private static final class Small extends ForwardingPolicy {

        Small(Policy policy) {
            super(policy);
        }

        @Override
        public NDArray hidden(NDArray ids) {
            if (ids.getShape().get(0) > 4) {
                throw new EngineException("DefaultCPUAllocator: not enough memory: you tried to allocate 99 bytes.");
            }
            return super.hidden(ids);
        }
    }

    @Test
    void whereMemoryIsShortTheMicroBatchIsHalvedAndTheGradientStaysTheSame() {
        try (Fixture<?> fixture = Fixture.of(folder, "dpo", rows("dpo", 12))) {
            Map<String, double[]> whole = fixture.gradients(12);
            List<RunEvent> said = new ArrayList<>();
            GradientStep<?> small = fixture.small();
            FittingMemory memory = new FittingMemory(small,
                    () -> fixture.models().trainable().values().forEach(Autograd::zeroGradient), said::add);
            memory.fitting(3, () -> small.accumulate(fixture.items()));
            assertThat(said).extracting(event -> ((RunEvent.Warned) event).message()).containsExactly(
                    "8 examples at a time do not fit into memory: going on with 4 at a time and as many per step as"
                            + " before",
                    "4 examples at a time do not fit into memory: going on with 2 at a time and as many per step as"
                            + " before");
            fixture.models().trainable().forEach((name, parameter) -> {
                float[] found = parameter.getGradient().toFloatArray();
                double scale = norm(whole.get(name));
                for (int i = 0; i < found.length; i++) {
                    assertThat((double) found[i]).as(name).isCloseTo(whole.get(name)[i],
                            within(1e-6 + 1e-4 * scale));
                }
            });
            assertThatThrownBy(() -> memory.fitting(4, () -> {
                throw new EngineException("CUDA out of memory. Tried to allocate 2 GiB");
            })).isInstanceOf(TrainException.class).hasMessageContaining("out of memory with one example at a time")
                    .hasMessageContaining("compute.recompute");
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
