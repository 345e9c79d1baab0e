package preflab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import preflab.datasets.example.ExampleView;

/** Whole runs on a tiny random model. */
class TrainerTest {

    /** What depends on the clock. */
    private static final Set<String> TIMED = Set.of("tokens_per_second", "seconds");

    @TempDir
    Path folder;

    private static ExampleView rows(String objective, int count) {
        return switch (objective) {
            case "sft" -> Tiny.demonstrations(count);
            case "dpo" -> Tiny.pairs(count);
            case "pmpo", "bco" -> Tiny.unpaired(count);
            default -> Tiny.steps(count);
        };
    }

    @Test
    void dpoLossOfTheFirstStepIsLn2SinceThePolicyStillIsTheReference() {
        Tiny.Recorder run = Tiny.run(folder, "dpo", Tiny.pairs(40), Map.of("steps", "1"));
        assertThat(run.ended().message()).isEmpty();
        assertThat(run.series("loss").getFirst()).isCloseTo(Math.log(2), within(1e-6));
        assertThat(run.series("rewards/margins").getFirst()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sft", "dpo", "pmpo", "pipa_m", "bco"})
    void oneTimesEightAccumulatedEqualsEightTimesOne(String objective) {
        List<Map<String, Double>> whole = measured(objective, Map.of("batch_size", "8"));
        List<Map<String, Double>> parts = measured(objective,
                Map.of("batch_size", "1", "gradient_accumulation_steps", "8"));
        assertThat(parts).hasSameSizeAs(whole).isNotEmpty();
        for (int step = 0; step < whole.size(); step++) {
            assertThat(parts.get(step).keySet()).isEqualTo(whole.get(step).keySet());
            Map<String, Double> expected = whole.get(step);
            parts.get(step).forEach((key, value) -> {
                if (!TIMED.contains(key)) {
                    assertThat(value).as(key).isCloseTo(expected.get(key),
                            within(1e-6 + 2e-5 * Math.abs(expected.get(key))));
                }
            });
        }
    }

    private List<Map<String, Double>> measured(String objective, Map<String, String> settings) {
        Tiny.Recorder run = Tiny.run(folder, objective, rows(objective, 40), settings);
        assertThat(run.ended().outcome()).as(run.ended().message()).isEqualTo(Outcome.FINISHED);
        return run.all(RunEvent.Measured.class).stream().map(RunEvent.Measured::metrics).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sft", "dpo", "pmpo", "pipa_m"})
    void twoRunsWithOneSeedLogIdenticalValues(String objective) {
        List<Map<String, Double>> first = measured(objective, Map.of());
        List<Map<String, Double>> second = measured(objective, Map.of());
        for (int step = 0; step < first.size(); step++) {
            Map<String, Double> expected = first.get(step);
            second.get(step).forEach((key, value) -> {
                if (!TIMED.contains(key)) {
                    assertThat(value).as(key).isEqualTo(expected.get(key));
                }
            });
        }
    }

    @Test
    void anotherSeedGivesAnotherOrder() {
        assertThat(measured("sft", Map.of("seed", "2")).getFirst().get("loss"))
                .isNotEqualTo(measured("sft", Map.of("seed", "1")).getFirst().get("loss"));
    }

    @ParameterizedTest
    @CsvSource({"sft, 0.5", "dpo, 0.2", "pmpo, 0.9", "pipa_m, 0.7"})
    void everyObjectiveLowersItsLoss(String objective, double atMostThisShareOfTheFirst) {
        Tiny.Recorder run = Tiny.run(folder, objective, rows(objective, 24),
                Map.of("steps", "40", "batch_size", "24"));
        List<Double> loss = run.series("loss");
        assertThat(loss.getLast()).isLessThan(atMostThisShareOfTheFirst * loss.getFirst());
    }

    @Test
    void theValueHeadStartsAtOneHalfAndLearns() {
        Tiny.Recorder run = Tiny.run(folder, "pipa_m", Tiny.steps(24), Map.of("steps", "40", "batch_size", "24"));
        List<Double> likelihood = run.series("value/geo_likelihood");
        assertThat(likelihood.getFirst()).isCloseTo(0.5, within(1e-6));
        assertThat(likelihood.getLast()).isGreaterThan(0.52);
    }

    @Test
    void noReferenceIsLoadedForSft() {
        Path nowhere = folder.resolve("no-such-model");
        ExampleView rows = Tiny.demonstrations(16);
        RunEvent.Ended ended = new Trainer(Tiny.spec("sft", rows, Map.of()), new TrainInputs(rows,
                Optional.empty(), Tiny.model(folder, 7), Optional.of(nowhere),
                folder.resolve("checkpoints")), event -> {
                }, new StopSignal()).run();
        assertThat(ended.outcome()).as(ended.message()).isEqualTo(Outcome.FINISHED);
    }

    @Test
    void aMissingModelEndsTheRunAsFailedAndNamesIt() {
        Tiny.Recorder run = Tiny.run(folder, Tiny.spec("sft", Tiny.demonstrations(4), Map.of()),
                Tiny.demonstrations(4), Optional.empty(), folder.resolve("no-such-model"));
        assertThat(run.ended().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(run.ended().message()).contains("no-such-model");
    }

    @Test
    void dataOfAnUnsuitableKindIsRefusedAndSaysWhatFits() {
        Tiny.Recorder run = Tiny.run(folder, "dpo", Tiny.unpaired(8), Map.of());
        assertThat(run.ended().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(run.ended().message()).contains("DPO").contains("unpaired").contains("paired");
        assertThat(run.events).hasSize(1);
    }

    @Test
    void typedDpoTrainsLikeDpoBitForBitAndIsKeptInTheRunFile() {
        Map<String, String> settings = Map.of("steps", "6", "batch_size", "4", "beta", "0.3", "learning_rate", "0.001");
        Tiny.Recorder dpo = Tiny.run(folder, "dpo", Tiny.pairs(24), settings);
        RunSpec typed = RunSpecs.fromJson(RunSpecs.toJson(Tiny.spec("expression", Tiny.pairs(24), settings)));
        Tiny.Recorder expression = Tiny.run(folder, typed, Tiny.pairs(24), Optional.empty(), Tiny.model(folder, 7));
        assertThat(typed.hyper().asText()).containsEntry("formula", "-ls(beta*h_w - beta*h_l)");
        for (String key : List.of("loss", "grad_norm", "rewards/margins", "logps/chosen")) {
            assertThat(expression.series(key)).as(key).hasSize(6).isEqualTo(dpo.series(key));
        }
    }
}
