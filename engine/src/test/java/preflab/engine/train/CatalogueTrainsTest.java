package preflab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import preflab.datasets.example.ExampleView;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.objective.Objectives;
import preflab.engine.objective.Scores;

/** Every objective that can be trained, at its default hyper-parameters, on a tiny model. */
class CatalogueTrainsTest {

    @TempDir
    Path folder;

    static Stream<String> trainable() {
        return Objectives.ALL.stream().filter(ObjectiveType::trainable).map(ObjectiveType::id);
    }

    private static ObjectiveType<?> type(String id) {
        return Objectives.find(id).orElseThrow();
    }

    private static ExampleView rows(ObjectiveType<?> type, int count) {
        if (type.defaultNeeds().pairNumber().isPresent()) {
            return Tiny.scoredPairs(count);
        }
        if (type.scores() == Scores.Demonstrations.class) {
            return Tiny.demonstrations(count);
        } else if (type.scores() == Scores.Pairs.class || type.scores() == Scores.PairsWithSamples.class) {
            return Tiny.pairs(count);
        }
        if (type.scores() == Scores.Unlearning.class) {
            return Tiny.unlearning(count);
        }
        if (type.scores() == Scores.Candidates.class) {
            return Tiny.ranked(count);
        }
        if (type.scores() == Scores.StepPairs.class) {
            return Tiny.stepAnswers(count);
        }
        return type.scores() == Scores.Unpaired.class || type.scores() == Scores.RejectedWithSamples.class
                ? Tiny.unpaired(count)
                : Tiny.steps(count);
    }

    private Tiny.Recorder run(String id, Map<String, String> settings) {
        Tiny.Recorder run = Tiny.run(folder, id, rows(type(id), 24), settings);
        assertThat(run.ended().outcome()).as(run.ended().message()).isEqualTo(Outcome.FINISHED);
        return run;
    }

    @ParameterizedTest
    @MethodSource("trainable")
    void trainingLowersTheLoss(String id) {
        List<Double> loss = run(id, Map.of("steps", "15", "batch_size", "24", "optimizer.learning_rate", "0.003"))
                .series("loss");
        assertThat(loss.getLast()).isLessThan(loss.getFirst());
    }

    @ParameterizedTest
    @MethodSource("trainable")
    void accumulationDoesNotChangeTheStep(String id) {
        Map<String, Double> whole = run(id, Map.of("steps", "1", "batch_size", "8"))
                .all(RunEvent.Measured.class).getFirst().metrics();
        Map<String, Double> parts = run(id,
                Map.of("steps", "1", "batch_size", "2", "gradient_accumulation_steps", "4"))
                .all(RunEvent.Measured.class).getFirst().metrics();
        for (String key : List.of("loss", "grad_norm")) {
            double expected = whole.get(key);
            assertThat(parts.get(key)).as(key).isCloseTo(expected, within(1e-6 + 2e-5 * Math.abs(expected)));
        }
    }

    @Test
    void whatCannotBeTrainedIsRefusedInOneSentence() {
        ExampleView rows = Tiny.ranked(8);
        Tiny.Recorder run = Tiny.run(folder, Tiny.spec("mcpo", rows, Map.of("sampler", "given")), rows,
                Optional.empty(), folder.resolve("never-read"));
        assertThat(run.ended().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(run.ended().message()).contains("MC-PO cannot be trained yet: ");
    }

    @ParameterizedTest
    @MethodSource("trainable")
    void everyObjectiveTakesExtraImitationAndLogsItAsATermOfItsLoss(String id) {
        Map<String, Double> plain = run(id, Map.of("steps", "1")).all(RunEvent.Measured.class).getFirst().metrics();
        Map<String, Double> more = run(id, Map.of("steps", "1", "sft_coefficient", "0.5")).all(RunEvent.Measured.class)
                .getFirst().metrics();
        double own = plain.getOrDefault("loss/sft", 0.0); // RPO and others have such a term already
        assertThat(more.get("loss/sft") - own).isPositive()
                .isCloseTo(more.get("loss") - plain.get("loss"), within(1e-5 * (1 + Math.abs(plain.get("loss")))));
    }
}
