package preflab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.datasets.example.ExampleView;
import preflab.engine.model.HfFolder;
import preflab.engine.model.TransformerPolicy;
import preflab.engine.model.Precision;
import preflab.engine.model.ValueHead;
import preflab.engine.tensor.Torch;

/** How runs begin, are watched, stopped and ended, and what they leave behind. */
class RunLifeTest {

    @TempDir
    Path folder;

    @Test
    void eventsComeInOrderFromStartToEnd() {
        ExampleView rows = Tiny.demonstrations(30);
        RunSpec spec = Tiny.spec("sft", rows,
                Map.of("steps", "4", "evaluation.every", "2", "evaluation.rows", "5", "samples.prompts", "2"));
        Tiny.Recorder run = Tiny.run(folder, spec, rows, Optional.of(Tiny.demonstrations(10)), Tiny.model(folder, 7));
        assertThat(run.ended().message()).isEmpty();
        assertThat(run.events.stream().map(RunLifeTest::brief)).containsExactly("Started", "Sampled eval 0",
                "Sampled samples 0", "Measured eval 0", "Measured 1", "Measured 2", "Sampled eval 2",
                "Sampled samples 2", "Measured eval 2", "Measured 3", "Measured 4", "Sampled eval 4",
                "Sampled samples 4", "Measured eval 4", "Checkpointed 4", "Ended FINISHED 4");
        assertThat(run.all(RunEvent.Started.class).getFirst().environment()).containsKeys("engine", "java", "threads",
                "model_sha256", "dataset_sha256").doesNotContainKey("reference_sha256");
    }

    private static String brief(RunEvent event) {
        return switch (event) {
            case RunEvent.Started e -> "Started";
            case RunEvent.Measured e -> "Measured " + (e.metrics().containsKey("loss") ? "" : "eval ") + e.step();
            case RunEvent.Sampled e -> "Sampled " + e.purpose() + " " + e.step();
            case RunEvent.Checkpointed e -> "Checkpointed " + e.step();
            case RunEvent.Warned e -> "Warned " + e.code();
            case RunEvent.Ended e -> "Ended " + e.outcome() + " " + e.step();
        };
    }

    @Test
    void accuracyRisesWhenTheHeldOutProblemsAreLearnt() {
        ExampleView rows = Tiny.demonstrations(8);
        RunSpec spec = Tiny.spec("sft", rows, Map.of("steps", "150", "evaluation.rows", "8", "max_new_tokens", "12"));
        Tiny.Recorder run = Tiny.run(folder, spec, rows, Optional.of(rows), Tiny.model(folder, 7));
        assertThat(run.series("eval/accuracy")).hasSize(2).first().isEqualTo(0.0);
        assertThat(run.series("eval/accuracy").getLast()).isGreaterThanOrEqualTo(0.75);
        List<Sample> answers = run.all(RunEvent.Sampled.class).getLast().samples();
        assertThat(answers).hasSize(8);
        assertThat(answers).allSatisfy(answer -> assertThat(answer.expected()).isPresent());
        double right = answers.stream().filter(a -> a.correct().orElseThrow()).count() / 8.0;
        assertThat(run.ended().metrics()).containsEntry("eval/accuracy", right);
        assertThat(run.series("eval/loss").getLast()).isLessThan(run.series("eval/loss").getFirst());
    }

    @Test
    void heldOutPairsAreMeasuredByTheObjective() {
        ExampleView rows = Tiny.pairs(30);
        RunSpec spec = Tiny.spec("dpo", rows, Map.of("steps", "10", "evaluation.rows", "6", "max_new_tokens", "4"));
        Tiny.Recorder run = Tiny.run(folder, spec, rows, Optional.of(Tiny.pairs(6)), Tiny.model(folder, 7));
        assertThat(run.series("eval/rewards/margins").getFirst()).isZero();
        assertThat(run.series("eval/rewards/margins").getLast()).isPositive();
        assertThat(run.series("eval/rewards/accuracies").getLast()).isGreaterThan(0.5);
        assertThat(run.series("eval/accuracy")).hasSize(2); // chosen answers end in a final answer
    }

    @Test
    void aStopIsHonouredAtTheNextStepWithACheckpoint() {
        ExampleView rows = Tiny.demonstrations(30);
        StopSignal stop = new StopSignal();
        Tiny.Recorder recorder = new Tiny.Recorder();
        RunEvent.Ended ended = new Trainer(Tiny.spec("sft", rows, Map.of("steps", "1000")),
                new TrainInputs(rows, Optional.empty(), Tiny.model(folder, 7), Optional.empty(),
                        folder.resolve("checkpoints")),
                event -> {
                    recorder.on(event);
                    if (event instanceof RunEvent.Measured measured && measured.step() == 3) {
                        stop.request();
                    }
                }, stop).run();
        assertThat(ended.outcome()).isEqualTo(Outcome.STOPPED);
        assertThat(ended.step()).isEqualTo(3);
        assertThat(recorder.series("loss")).hasSize(3);
        assertThat(recorder.all(RunEvent.Checkpointed.class)).singleElement()
                .satisfies(e -> assertThat(e.folder()).isDirectory().hasFileName("step-000003"));
    }

    @Test
    void aPoisonedWeightEndsTheRunAsDivergedAndNamesStepRowsAndTensor() {
        Path poisoned = folder.resolve("poisoned");
        try (NDManager manager = Torch.newManager()) {
            TransformerPolicy policy = TransformerPolicy.load(Tiny.model(folder, 7), manager, Precision.FLOAT32);
            Map<String, NDArray> weights = new HashMap<>(policy.parameters());
            String name = "model.layers.1.mlp.down_proj.weight";
            weights.put(name, weights.get(name).mul(Float.NaN));
            HfFolder.save(poisoned, policy.config(), weights, Tiny.model(folder, 7));
        }
        ExampleView rows = Tiny.demonstrations(3);
        Tiny.Recorder run = Tiny.run(folder, Tiny.spec("sft", rows, Map.of("batch_size", "3")), rows,
                Optional.empty(), poisoned);
        assertThat(run.ended().outcome()).isEqualTo(Outcome.DIVERGED);
        assertThat(run.ended().message()).isEqualTo("step 1: the token log-probabilities are not finite in rows 0, 1,"
                + " 2; the weights of model.layers.1.mlp.down_proj.weight were not finite before this step");
        assertThat(run.all(RunEvent.Measured.class)).isEmpty();
        assertThat(run.all(RunEvent.Checkpointed.class)).isEmpty();
    }

    @Test
    void aLearningRateFarTooHighDivergesInsteadOfShowingZeros() {
        ExampleView rows = Tiny.demonstrations(16);
        Tiny.Recorder run = Tiny.run(folder, "sft", rows, Map.of("learning_rate", "1e30", "steps", "20"));
        assertThat(run.ended().outcome()).isEqualTo(Outcome.DIVERGED);
        assertThat(run.ended().message()).startsWith("step 2: ");
        assertThat(run.series("loss")).hasSize(1);
    }

    @Test
    void aCheckpointIsAModelFolderThatTrainingGoesOnFrom() throws IOException {
        ExampleView rows = Tiny.steps(24);
        Tiny.Recorder run = Tiny.run(folder, "pipa_m", rows, Map.of("steps", "3"));
        Path checkpoint = run.all(RunEvent.Checkpointed.class).getFirst().folder();
        assertThat(checkpoint).isDirectoryContaining("glob:**/config.json")
                .isDirectoryContaining("glob:**/tokenizer.json").isDirectoryContaining("glob:**/optimizer.safetensors");
        assertThat(ValueHead.isIn(checkpoint)).isTrue();
        assertThat(RunSpecs.fromJson(Files.readString(checkpoint.resolve("run.json"))).objective()).isEqualTo("pipa_m");
        JsonNode manifest = new ObjectMapper().readTree(checkpoint.resolve("manifest.json").toFile());
        assertThat(manifest.get("step").asInt()).isEqualTo(3);
        assertThat(manifest.at("/files/model.safetensors/sha256").asText()).isEqualTo(HfFolder.sha256(checkpoint));
        Tiny.Recorder next = Tiny.run(folder.resolve("next"), Tiny.spec("pipa_m", rows, Map.of("steps", "1")), rows,
                Optional.empty(), checkpoint);
        assertThat(next.ended().message()).isEmpty();
        assertThat(next.series("value/geo_likelihood").getFirst()).isNotEqualTo(0.5);
    }

    @Test
    void rowsThatAreCutOrSayNothingAreReportedBeforeTheFirstStep() {
        ExampleView rows = Tiny.unpaired(30);
        Tiny.Recorder run = Tiny.run(folder, "sft", rows, Map.of("max_length", "10"));
        assertThat(run.all(RunEvent.Warned.class)).extracting(RunEvent.Warned::code).containsExactly("truncated",
                "rows_unused");
        assertThat(run.all(RunEvent.Warned.class)).extracting(RunEvent.Warned::message)
                .anySatisfy(text -> assertThat(text).startsWith("10 of 30 rows say nothing to SFT"));
    }

    @Test
    void nothingToTrainOnEndsTheRunAsFailedAndSaysWhy() {
        Tiny.Recorder run = Tiny.run(folder, "sft", Tiny.demonstrations(5), Map.of("max_length", "5"));
        assertThat(run.ended().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(run.ended().message()).contains("5 of 5 rows have a prompt that fills 5 tokens")
                .contains("row 0, 1, 2, 3, 4");
    }
}
