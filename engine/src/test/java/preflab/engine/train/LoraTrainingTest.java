package preflab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import preflab.datasets.example.ExampleView;
import preflab.engine.batch.Encoded;
import preflab.engine.metric.Metrics;
import preflab.engine.model.PeftFolder;
import preflab.engine.model.Precision;
import preflab.engine.model.TokenLogProbs;
import preflab.engine.model.TransformerPolicy;
import preflab.engine.tensor.Torch;

class LoraTrainingTest {

    private static final Map<String, String> LORA = Map.of("lora.rank", "4", "lora.alpha", "8", "steps", "6");
    private static final Encoded TEXT = new Encoded(new int[]{1, 5, 6, 7, 8, 9}, 2, new int[4], false);

    @TempDir
    Path folder;

    private static double[] scores(TransformerPolicy policy) {
        return TokenLogProbs.ofCompletions(policy, List.of(TEXT)).getFirst();
    }

    @ParameterizedTest
    @ValueSource(strings = {"float32", "bfloat16"})
    void anAdapterLearnsAndItsReferenceIsTheAdapterOff(String precision) {
        ExampleView rows = Tiny.pairs(20);
        Tiny.Recorder run = Tiny.run(folder, "dpo", rows,
                Map.of("lora.rank", "4", "steps", "40", "precision", precision, "lora.dropout", "0.1"));
        assertThat(run.ended().message()).isEmpty();
        assertThat(run.series("loss").getFirst()).isCloseTo(Math.log(2), within(1e-6)); // B is zero: no ratio yet
        assertThat(run.series("loss").getLast()).isLessThan(0.5);
    }

    @Test
    void aCheckpointHoldsTheMergedModelAndTheAdapterByItself() {
        Tiny.Recorder run = Tiny.run(folder, "sft", Tiny.demonstrations(20), LORA);
        Path checkpoint = run.all(RunEvent.Checkpointed.class).getLast().folder();
        try (NDManager manager = Torch.newManager()) {
            TransformerPolicy base = TransformerPolicy.load(Tiny.model(folder, 7), manager, Precision.FLOAT32);
            TransformerPolicy merged = TransformerPolicy.load(checkpoint, manager, Precision.FLOAT32);
            TransformerPolicy apart = base.adapted(PeftFolder.read(checkpoint.resolve("adapter"), base.config(),
                    manager, Precision.FLOAT32));
            assertThat(scores(merged)).containsExactly(scores(apart), within(1e-5));
            assertThat(scores(merged)[0]).isNotCloseTo(scores(base)[0], within(1e-3));
            assertThat(merged.parameters().get("model.embed_tokens.weight").toFloatArray())
                    .containsExactly(base.parameters().get("model.embed_tokens.weight").toFloatArray());
        }
    }

    /** The adapter off is the frozen copy that a run without adapters would load. */
    @Test
    void thePolicyMeasuredOffItsReferenceIsTheSameWhereTheReferenceIsACopy() {
        ExampleView rows = Tiny.pairs(20);
        RunSpec spec = Tiny.spec("dpo", rows, LORA);
        Tiny.Recorder off = Tiny.run(folder, spec, rows, Optional.empty(), Tiny.model(folder, 7));
        Tiny.Recorder copy = new Tiny.Recorder();
        Path same = folder.resolve("same");
        try (NDManager manager = Torch.newManager()) {
            TransformerPolicy.load(Tiny.model(folder, 7), manager, Precision.FLOAT32).save(same,
                    Tiny.model(folder, 7));
        }
        new Trainer(spec, new TrainInputs(rows, Optional.empty(), Tiny.model(folder, 7), Optional.of(same),
                folder.resolve("copy")), copy, new StopSignal()).run();
        assertThat(off.series("rewards/margins")).hasSize(6).isEqualTo(copy.series("rewards/margins"));
    }

    @Test
    void onlyTheAdapterHasMomentsAndTheyAreFewer() {
        long full = bytes(run("full", Map.of("steps", "1")));
        long lora = bytes(run("lora", Map.of("steps", "1", "lora.rank", "1", "lora.target_modules", "q_proj,v_proj")));
        assertThat(lora).isLessThan(full / 10);
    }

    @Test
    void recomputedLayersLeaveOutWhatTheyLeftOutOnTheWayForward() {
        Map<String, String> dropping = Map.of("lora.rank", "4", "lora.dropout", "0.3", "steps", "6");
        Map<String, String> sparing = new HashMap<>(dropping);
        sparing.put("recompute", "true");
        List<Double> kept = Tiny.run(folder, "dpo", Tiny.pairs(20), dropping).series("loss");
        List<Double> again = Tiny.run(folder, "dpo", Tiny.pairs(20), sparing).series("loss");
        for (int i = 0; i < kept.size(); i++) {
            assertThat(again.get(i)).isCloseTo(kept.get(i), within(1e-4));
        }
    }

    private Tiny.Recorder run(String name, Map<String, String> settings) {
        Tiny.Recorder recorder = new Tiny.Recorder();
        ExampleView rows = Tiny.demonstrations(8);
        new Trainer(Tiny.spec("sft", rows, settings), new TrainInputs(rows, Optional.empty(), Tiny.model(folder, 7),
                Optional.empty(), folder.resolve(name)), recorder, new StopSignal()).run();
        return recorder;
    }

    private static long bytes(Tiny.Recorder run) {
        Path checkpoint = run.all(RunEvent.Checkpointed.class).getLast().folder();
        return checkpoint.resolve(Checkpoint.OPTIMIZER).toFile().length();
    }

    @Test
    void howFarItHasGoneIsMeasuredOnSamplesOfEither() {
        ExampleView rows = Tiny.pairs(20);
        Map<String, String> more = Map.of("lora.rank", "4", "steps", "20", "evaluation.rows", "8", "max_new_tokens",
                "6");
        Tiny.Recorder run = Tiny.run(folder, Tiny.spec("dpo", rows, more), rows, Optional.of(rows),
                Tiny.model(folder, 7));
        for (String key : new String[]{Metrics.EVAL_KL_POLICY_REF, Metrics.EVAL_KL_REF_POLICY}) {
            assertThat(run.series(key)).hasSize(2);
            assertThat(run.series(key).getFirst()).isCloseTo(0, within(1e-6));
            assertThat(run.series(key).getLast()).isGreaterThan(0.01);
        }
        Tiny.Recorder none = Tiny.run(folder, Tiny.spec("dpo", rows, Map.of("evaluation.rows", "8", "kl_prompts", "0",
                "max_new_tokens", "6")), rows, Optional.of(rows), Tiny.model(folder, 7));
        assertThat(none.series(Metrics.EVAL_KL_POLICY_REF)).isEmpty();
        assertThat(Arrays.asList(Metrics.EVAL_PERPLEXITY, Metrics.EVAL_ENTROPY))
                .allSatisfy(key -> assertThat(none.series(key)).hasSize(2));
    }
}
