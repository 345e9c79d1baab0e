package preflab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import preflab.datasets.example.ExampleView;
import preflab.engine.metric.Metrics;

/** A run that is stopped and resumed logs what a run logs that never stopped. */
class ResumeTest {

    private static final Map<String, String> SETTINGS = Map.of("steps", "7", "evaluation.every", "2",
            "evaluation.rows", "5", "samples.prompts", "1", "max_new_tokens", "4", "checkpoint.every", "3",
            "schedule.kind", "cosine", "schedule.warmup_ratio", "0.4");

    @TempDir
    Path folder;

    /** Everything logged but the clock; checkpoints aside. */
    private static List<RunEvent> log(List<RunEvent> events) {
        List<RunEvent> log = new ArrayList<>();
        for (RunEvent event : events) {
            switch (event) {
                case RunEvent.Measured e -> log.add(new RunEvent.Measured(e.step(), timeless(e.metrics())));
                case RunEvent.Ended e -> log
                        .add(new RunEvent.Ended(e.outcome(), e.step(), e.message(), timeless(e.metrics())));
                case RunEvent.Sampled e -> log.add(e);
                case RunEvent.Warned e -> log.add(e);
                case RunEvent.Started e -> {
                }
                case RunEvent.Checkpointed e -> {
                }
            }
        }
        return log;
    }

    private static Map<String, Double> timeless(Map<String, Double> metrics) {
        Map<String, Double> rest = new HashMap<>(metrics);
        rest.remove("tokens_per_second");
        rest.remove("seconds");
        rest.remove(Metrics.STEP_SECONDS);
        rest.remove(Metrics.PEAK_MEMORY);
        return rest;
    }

    private static int step(RunEvent event) {
        return switch (event) {
            case RunEvent.Started e -> -1;
            case RunEvent.Measured e -> e.step();
            case RunEvent.Sampled e -> e.step();
            case RunEvent.Checkpointed e -> e.step();
            case RunEvent.Warned e -> e.step();
            case RunEvent.Ended e -> Integer.MAX_VALUE;
        };
    }

    private record Job(RunSpec spec, ExampleView rows, Path model, Path checkpoints) {

        List<RunEvent> whole() {
            return run(Optional.empty(), event -> false);
        }

        /** Stops as soon as the predicate holds. */
        List<RunEvent> run(Optional<Checkpoint> from, Predicate<RunEvent> stopAt) {
            Tiny.Recorder recorder = new Tiny.Recorder();
            StopSignal stop = new StopSignal();
            TrainInputs inputs = new TrainInputs(rows, Optional.of(rows), model, Optional.empty(), checkpoints);
            new Trainer(spec, from.map(inputs::from).orElse(inputs), event -> {
                recorder.on(event);
                if (stopAt.test(event)) {
                    stop.request();
                }
            }, stop).run();
            return recorder.events;
        }

        Checkpoint newest() throws IOException {
            try (var all = Files.list(checkpoints)) {
                return Checkpoint.open(all.sorted().toList().getLast());
            }
        }

        /** Stopped once and resumed, as the store shows it. */
        List<RunEvent> inTwo(Predicate<RunEvent> stopAt) throws IOException {
            List<RunEvent> first = run(Optional.empty(), stopAt);
            assertThat(first.getLast()).isInstanceOfSatisfying(RunEvent.Ended.class,
                    end -> assertThat(end.outcome()).isEqualTo(Outcome.STOPPED));
            Checkpoint from = newest();
            List<RunEvent> all = new ArrayList<>(
                    first.stream().filter(event -> step(event) <= from.lastStepKept()).toList());
            all.addAll(run(Optional.of(from), event -> false));
            return all;
        }
    }

    private Job job(String objective, ExampleView rows, Map<String, String> more, String name) {
        Map<String, String> settings = new HashMap<>(SETTINGS);
        settings.putAll(more);
        return new Job(Tiny.spec(objective, rows, settings), rows, Tiny.model(folder, 7), folder.resolve(name));
    }

    private static ExampleView rows(String kind) {
        return switch (kind) {
            case "pairs" -> Tiny.pairs(20);
            case "unpaired" -> Tiny.unpaired(20);
            case "ranked" -> Tiny.ranked(20);
            case "steps" -> Tiny.steps(20);
            default -> Tiny.demonstrations(20);
        };
    }

    @ParameterizedTest
    @CsvSource({"sft,demonstrations", "dpo,pairs", "bco,unpaired", "kto,unpaired", "mcpo,ranked", "pipa_m,steps",
            "typo,pairs"})
    void aStoppedAndResumedRunLogsWhatOneLogsThatNeverStopped(String objective, String kind) throws IOException {
        Map<String, String> more = Map.of("batch_size", "4", "gradient_accumulation_steps", "2");
        List<RunEvent> whole = job(objective, rows(kind), more, "whole").whole();
        List<RunEvent> inTwo = job(objective, rows(kind), more, "two")
                .inTwo(event -> event instanceof RunEvent.Measured m && m.step() == 4
                        && m.metrics().containsKey("loss"));
        assertThat(log(inTwo)).isEqualTo(log(whole));
        assertThat(((RunEvent.Ended) whole.getLast()).message()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"dpo,pairs", "kto,unpaired"})
    void anAdapterWithDropoutGoesOnAsIfItHadNeverStopped(String objective, String kind) throws IOException {
        Map<String, String> more = Map.of("batch_size", "4", "gradient_accumulation_steps", "2", "lora.rank", "3",
                "lora.dropout", "0.2");
        List<RunEvent> whole = job(objective, rows(kind), more, "whole").whole();
        List<RunEvent> inTwo = job(objective, rows(kind), more, "two")
                .inTwo(event -> event instanceof RunEvent.Measured m && m.step() == 4
                        && m.metrics().containsKey("loss"));
        assertThat(log(inTwo)).isEqualTo(log(whole));
        assertThat(((RunEvent.Ended) whole.getLast()).message()).isEmpty();
    }

    /** A model that answers rightly often, but not always: both kinds of answers are drawn. */
    @Test
    void candidatesDrawnBeforeTheStopAreTrainedOnAfterIt() throws IOException {
        ExampleView sums = Tiny.demonstrations(8);
        Path model = Tiny.run(folder.resolve("sft"), Tiny.spec("sft", sums, Map.of("steps", "90")), sums,
                Optional.empty(), Tiny.model(folder, 7)).all(RunEvent.Checkpointed.class).getFirst().folder();
        Map<String, String> online = Map.of("online_segments", "2", "online_completions", "4", "max_new_tokens", "10",
                "steps", "8", "learning_rate", "1e-3", "batch_size", "4");
        RunSpec spec = Tiny.spec("mcpo", Tiny.ranked(8), online);
        List<RunEvent> whole = new Job(spec, Tiny.ranked(8), model, folder.resolve("whole")).whole();
        List<RunEvent> inTwo = new Job(spec, Tiny.ranked(8), model, folder.resolve("two"))
                .inTwo(event -> event instanceof RunEvent.Measured m && m.step() == 6);
        assertThat(whole).filteredOn(RunEvent.Measured.class::isInstance)
                .extracting(e -> ((RunEvent.Measured) e).metrics().get("online/own_share"))
                .allSatisfy(share -> assertThat(share).isPositive());
        assertThat(log(inTwo)).isEqualTo(log(whole));
    }

    @ParameterizedTest
    @CsvSource({"Sampled,0", "Sampled,2", "Measured,3", "Measured,7"})
    void itMakesNoDifferenceWhereTheStopFell(String event, int step) throws IOException {
        List<RunEvent> whole = job("sft", Tiny.demonstrations(20), Map.of(), "whole").whole();
        List<RunEvent> inTwo = job("sft", Tiny.demonstrations(20), Map.of(), "two")
                .inTwo(e -> e.getClass().getSimpleName().equals(event) && step(e) == step);
        assertThat(log(inTwo)).isEqualTo(log(whole));
    }

    @Test
    void theMomentsCountARunFromItsWeightsAloneLogsOtherValues() throws IOException {
        Job job = job("sft", Tiny.demonstrations(20), Map.of(), "moments");
        job.run(Optional.empty(), e -> e instanceof RunEvent.Measured m && m.step() == 4 && m.metrics().size() > 4);
        Checkpoint from = job.newest();
        List<RunEvent> resumed = job.run(Optional.of(from), e -> false);
        List<RunEvent> anew = new Job(job.spec(), job.rows(), from.folder(), folder.resolve("anew")).whole();
        assertThat(lossAt(resumed, 6)).isNotEqualTo(lossAt(anew, 2));
    }

    private static double lossAt(List<RunEvent> events, int step) {
        return events.stream().filter(e -> step(e) == step && e instanceof RunEvent.Measured m
                && m.metrics().containsKey("grad_norm")).map(e -> ((RunEvent.Measured) e).metrics().get("loss"))
                .findFirst().orElseThrow();
    }

    @Test
    void aDamagedCheckpointIsRefusedByName() throws IOException {
        Job job = job("sft", Tiny.demonstrations(20), Map.of("steps", "1"), "damaged");
        job.whole();
        Path checkpoint = job.newest().folder();
        byte[] weights = Files.readAllBytes(checkpoint.resolve("optimizer.safetensors"));
        weights[weights.length - 1] ^= 1;
        Files.write(checkpoint.resolve("optimizer.safetensors"), weights);
        assertThatThrownBy(() -> Checkpoint.open(checkpoint)).isInstanceOf(TrainException.class)
                .hasMessageContaining("optimizer.safetensors is damaged");
        Files.delete(checkpoint.resolve("model.safetensors"));
        assertThatThrownBy(() -> Checkpoint.open(checkpoint)).hasMessageContaining("model.safetensors is missing");
    }

    @Test
    void theLastCheckpointsAndTheBestOneStay() throws IOException {
        Job job = job("sft", Tiny.demonstrations(20), Map.of("steps", "12", "checkpoint.every", "1",
                "keep_last", "2", "best_by", "eval/loss", "evaluation.every", "3", "learning_rate", "3"), "kept");
        List<RunEvent> events = job.whole();
        List<Double> losses = events.stream().filter(e -> e instanceof RunEvent.Measured m
                && m.metrics().containsKey("eval/loss")).map(e -> ((RunEvent.Measured) e).metrics().get("eval/loss"))
                .toList();
        int best = 3 * losses.indexOf(losses.stream().min(Double::compare).orElseThrow());
        assertThat(job.newest().bestStep()).isEqualTo(best);
        try (var all = Files.list(job.checkpoints())) {
            assertThat(all.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder(
                    List.of(CheckpointWriter.name(best), "step-000011", "step-000012").stream().distinct()
                            .toArray(String[]::new));
        }
    }

    @Test
    void aRunThatGetsNoBetterEndsEarlyAndSaysWhichStepWasBest() {
        Job job = job("sft", Tiny.demonstrations(20), Map.of("steps", "40", "evaluation.every", "1", "patience", "2",
                "best_by", "eval/loss", "learning_rate", "5"), "early");
        RunEvent.Ended ended = (RunEvent.Ended) job.whole().getLast();
        assertThat(ended.outcome()).isEqualTo(Outcome.FINISHED);
        assertThat(ended.step()).isLessThan(40);
        assertThat(ended.message()).startsWith("stopped early: eval/loss has not improved for 2 evaluations");
    }

    @Test
    void patienceWithoutAMetricIsRefused() {
        RunEvent.Ended ended = (RunEvent.Ended) job("sft", Tiny.demonstrations(20), Map.of("patience", "2"), "no")
                .whole().getLast();
        assertThat(ended.message()).contains("early_stopping.patience needs a metric").contains("eval/accuracy");
    }
}
