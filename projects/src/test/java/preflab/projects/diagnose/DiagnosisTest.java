package preflab.projects.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import preflab.datasets.example.DatasetVersionId;
import preflab.engine.train.Sample;
import preflab.projects.store.RunState;
import preflab.projects.store.RunSummary;
import preflab.projects.store.Series;
import preflab.projects.store.StoredWarning;

class DiagnosisTest {

    private static final int STEPS = 200;

    private final Map<String, Series> series = new HashMap<>();
    private final Map<String, String> settings = new HashMap<>(
            Map.of("objective.beta", "0.1", "optimizer.max_grad_norm", "1"));
    private List<Sample> first = answers(i -> i + "+1=" + (i + 1));
    private List<Sample> last = first;
    private final List<StoredWarning> warnings = new ArrayList<>();
    private RunState state = RunState.FINISHED;

    private static List<Sample> answers(IntFunction<String> text) {
        return IntStream.range(0, 20).mapToObj(i -> new Sample(i, "what is " + i + "+1?", text.apply(i),
                Optional.empty(), Optional.empty())).toList();
    }

    private void log(String metric, IntToDoubleFunction value) {
        series.put(metric, Series.of(IntStream.range(1, STEPS + 1).asLongStream().toArray(),
                IntStream.range(1, STEPS + 1).mapToDouble(value).toArray()));
    }

    private void evaluate(String metric, double... values) {
        series.put(metric, Series.of(IntStream.range(0, values.length).mapToLong(i -> 50L * i).toArray(), values));
    }

    private List<String> found() {
        return findings().stream().map(Finding::id).toList();
    }

    private List<Finding> findings() {
        return Diagnosis.of(trace());
    }

    private Trace trace() {
        RunSummary run = new RunSummary(1, "r", "dpo", new DatasetVersionId("d", 1, "a".repeat(64)), "builtin:sums", 1,
                state, Instant.EPOCH, Optional.empty(), Optional.empty(), STEPS, STEPS,
                state == RunState.DIVERGED ? "the loss is NaN" : "", Map.of(), Optional.empty());
        return new Trace(run, series, settings, first, last, warnings);
    }

    /** A DPO run as one hopes for: both log-probabilities near where they were, the margin up. */
    private void healthy(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] noise = random.doubles(10_000, -1, 1).toArray();
        log("loss", step -> 0.69 * Math.exp(-step / 150.0) + 0.05 * noise[step]);
        log("grad_norm", step -> 0.6 + 0.2 * noise[1000 + step]);
        log("logps/chosen", step -> -20 + 2 * noise[2000 + step] + step / 200.0);
        log("logps/rejected", step -> -25 + 2 * noise[3000 + step] - step / 40.0);
        log("rewards/margins", step -> step / 200.0 + 0.2 * noise[4000 + step]);
        log("rewards/rejected", step -> -step / 400.0 + 0.1 * noise[5000 + step]);
        log("rewards/accuracies", step -> Math.min(1, 0.6 + step / 800.0 + 0.1 * noise[6000 + step]));
        evaluate("eval/accuracy", 0.45, 0.55, 0.62, 0.66, 0.66);
        evaluate("eval/count", 500, 500, 500, 500, 500);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void nothingIsFoundInAHealthyRun(long seed) {
        healthy(seed);
        assertThat(found()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aFallingChosenLogProbabilityUnderARisingMarginIsDisplacement(long seed) {
        healthy(seed);
        Series before = series.get("logps/chosen");
        log("logps/chosen", step -> before.value(step - 1) - step / 20.0);
        assertThat(found()).containsExactly("likelihood-displacement");
        assertThat(findings().getFirst().evidence()).contains("logps/chosen: −2", "logps/rejected: −2");
        assertThat(findings().getFirst().advice()).contains("no bug", "sft_coefficient", "apo, dpop", "beta");
    }

    @Test
    void displacementSaysHowMuchTheChosenLostForEachNatOfTheRejected() {
        healthy(1);
        series.remove("rewards/margins"); // losses on single answers log none
        evaluate("eval/logps/chosen", -20, -21, -22);
        evaluate("eval/logps/rejected", -20, -24, -28);
        log("signal/cancelled", step -> 0.3);
        assertThat(findings()).singleElement().satisfies(finding -> {
            // −2 nats for −8
            assertThat(finding.evidence()).contains("logps/chosen: −20.00 to −22.00", "lost 0.250.",
                    "30 % of the pull cancels");
            assertThat(finding.metrics()).containsExactly("eval/logps/chosen", "logps/chosen", "eval/logps/rejected",
                    "logps/rejected");
        });
        evaluate("eval/logps/rejected", -20, -20.5, -21);
        assertThat(found()).as("the rejected fell less: the loss itself is not followed").isEmpty();
    }

    @Test
    void overOptimisationIsSeenWithoutPairsToo() {
        healthy(1);
        series.remove("rewards/margins");
        evaluate("eval/accuracy", 0.45, 0.60, 0.72, 0.60, 0.50);
        evaluate("eval/rewards/chosen", 0, 0.1, 0.1, 0, -0.1);
        evaluate("eval/rewards/rejected", 0, -0.1, -0.2, -0.6, -0.9);
        // lead 0.3 at step 100, 0.8 at step 200
        assertThat(findings().getFirst().evidence()).contains("the margin rose by 0.5");
    }

    @Test
    void aFallWithinTheScatterOfBatchesIsNoFinding() {
        healthy(1);
        SplittableRandom random = new SplittableRandom(5);
        double[] noise = random.doubles(300, -30, 30).toArray();
        log("logps/chosen", step -> -20 - step / 100.0 + noise[step]);
        assertThat(found()).isEmpty();
    }

    @Test
    void accuracyThatTurnsWhileTheMarginRisesIsOverOptimisation() {
        healthy(1);
        evaluate("eval/accuracy", 0.45, 0.60, 0.72, 0.60, 0.50);
        assertThat(found()).containsExactly("over-optimisation");
        assertThat(findings().getFirst().evidence()).contains("0.720 at step 100", "0.500 at step 200");
        evaluate("eval/accuracy", 0.45, 0.60, 0.72, 0.71, 0.70);
        assertThat(found()).as("two points of 500 problems are chance").isEmpty();
    }

    @Test
    void aPolicyFarFromTheReferenceIsRunaway() {
        healthy(1);
        evaluate("eval/kl_policy_ref", 0, 5, 20, 60, 90);
        assertThat(found()).containsExactly("kl-runaway");
        series.remove("eval/kl_policy_ref");
        log("rewards/rejected", step -> -step / 10.0);
        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("kl-runaway");
            // mean of the last twenty of −step/10 over 0.1: −190.5 nats
            assertThat(finding.evidence()).contains("−191");
        });
    }

    @Test
    void oneAnswerToAllPromptsAndAnswersInCirclesAreCollapse() {
        healthy(1);
        last = answers(i -> "42");
        assertThat(found()).contains("collapse");
        last = answers(i -> i + " " + "and so on ".repeat(20));
        assertThat(found()).contains("collapse");
        last = answers(i -> "7");
        first = answers(i -> "7");
        assertThat(found()).as("they all did before training").doesNotContain("collapse");
    }

    @Test
    void answersThatGrowByHalfAreTold() {
        healthy(1);
        last = answers(i -> i + "+1=" + (i + 1) + " which is what one gets by counting on from " + i);
        assertThat(found()).containsExactly("length-drift");
    }

    @Test
    void perplexityThatGrowsTenfoldIsCollapseToo() {
        healthy(1);
        evaluate("eval/perplexity", 2, 5, 19);
        assertThat(found()).isEmpty();
        evaluate("eval/perplexity", 2, 5, 21);
        assertThat(found()).containsExactly("collapse");
        assertThat(findings().getFirst().evidence()).contains("2.00 to 21.00");
    }

    @Test
    void gradientsTell() {
        healthy(1);
        log("grad_norm", step -> 5);
        assertThat(found()).containsExactly("clipped");
        assertThat(findings().getFirst().evidence()).contains("100 %", "median is 5.00");
        assertThat(findings().getFirst().metrics()).as("grad_clipped was not logged").containsExactly("grad_norm");
        log("grad_norm", step -> step > 100 ? 0 : 0.5);
        assertThat(found()).containsExactly("no-signal");
        log("grad_norm", step -> 0.9 * Math.exp(-step / 20.0));
        log("rewards/accuracies", step -> step > 40 ? 1 : 0.7);
        assertThat(found()).containsExactly("saturated");
    }

    @Test
    void aMedianPullBelowATenthOfTheFirstIsSaturation() {
        healthy(1);
        log("signal/pull_median", step -> 0.05 * Math.exp(-step / 40.0));
        // mean over the first 20 steps 0.05·0.776, over the last 20 0.05·0.0086; below 0.00388 from 40·ln(12.9) = 102.2
        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("saturated");
            assertThat(finding.evidence()).contains("(1 %)", "at step 103 of 200");
            assertThat(finding.advice()).startsWith("Stop near step 103");
        });
        log("signal/pull_median", step -> 0.05 * Math.exp(-step / 100.0));
        assertThat(found()).as("a fifth is left").isEmpty();
    }

    @Test
    void rowsWithoutPullAndRefusedRowsAreNoSignal() {
        healthy(1);
        log("signal/silent_rows", step -> step % 4 == 0 ? 1 : 0);
        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("no-signal");
            assertThat(finding.evidence()).contains("25 % of the rows", "50 of 200 logged steps");
        });
        log("signal/silent_rows", step -> step % 10 == 0 ? 1 : 0);
        assertThat(found()).isEmpty();
        warnings.add(new StoredWarning(0, "rows_refused", "19 of 100 rows were refused: …", Instant.EPOCH));
        assertThat(found()).isEmpty();
        warnings.add(new StoredWarning(0, "rows_refused", "30 of 100 rows were refused: …", Instant.EPOCH));
        assertThat(found()).containsExactly("no-signal");
    }

    @Test
    void aTermWithNinetyNinePercentOfTheGradientIsTold() {
        healthy(1);
        // the first point does not count: there a KL has no gradient yet
        evaluate("grad_share/preference", 0.5, 0.008, 0.012);
        evaluate("grad_share/sft", 0.5, 0.992, 0.988);
        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.id()).isEqualTo("one-term");
            assertThat(finding.evidence()).contains("sft 99.00 %, preference 1.00 %");
            assertThat(finding.advice()).as("0.99 / 0.01").contains("99.00 times smaller for sft");
        });
        evaluate("grad_share/preference", 0.5, 0.02, 0.03);
        evaluate("grad_share/sft", 0.5, 0.98, 0.97);
        assertThat(found()).isEmpty();
    }

    @Test
    void whatIsNoNumberComesFirst() {
        healthy(1);
        log("grad_norm", step -> 5);
        log("loss", step -> step == 150 ? Double.NaN : 0.5);
        assertThat(found()).containsExactly("diverged", "clipped");
        assertThat(findings().getFirst().evidence()).isEqualTo("loss is NaN at step 150.");
        List<String> ids = new ArrayList<>(found());
        healthy(1);
        state = RunState.DIVERGED;
        assertThat(found()).containsExactly(ids.getFirst());
    }

    @Test
    void whatCouldNotBeLookedForIsNamedWithWhatItNeeds() {
        first = List.of();
        log("loss", i -> 0.5);
        evaluate("eval/accuracy", 0.4, 0.5);

        assertThat(found()).isEmpty();
        assertThat(Sight.missing(trace())).hasSize(7).anyMatch(words -> words.startsWith("over-optimisation (needs"))
                .anyMatch(words -> words.startsWith("collapse and drift of lengths"));
        assertThat(new RunDiagnosis(1, List.of(), Sight.missing(trace()), RunDiagnosis.Rows.NONE).nothing())
                .startsWith("Nothing found. Too little was logged to look for displacement (needs logps/chosen");

        first = last;
        log("logps/chosen", i -> -10);
        log("logps/rejected", i -> -12);
        log("rewards/margins", i -> 1);
        log("rewards/rejected", i -> -0.1);
        log("grad_norm", i -> 0.5);
        log("signal/pull_median", i -> 0.05);
        evaluate("eval/accuracy", 0.4, 0.5, 0.6);
        assertThat(Sight.missing(trace())).isEmpty();
    }
}
