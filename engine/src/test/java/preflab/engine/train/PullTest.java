package preflab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import preflab.engine.batch.Encoded;
import preflab.engine.batch.Sequence;
import preflab.engine.objective.Group;

/** What the trainer logs about the pull of rows and terms: worked by hand, then on a tiny model. */
class PullTest {

    private static final Offset<Double> CLOSE = within(1e-6);

    @TempDir
    Path folder;

    private static Sequence sequence(int row, Group group, int... completion) {
        int[] ids = new int[completion.length + 1];
        System.arraycopy(completion, 0, ids, 1, completion.length);
        return Sequence.of(row, group, new Encoded(ids, 1, new int[completion.length], false), true);
    }

    private static Map<String, Double> of(List<Sequence> sequences, double... gradients) {
        float[] all = new float[gradients.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = (float) gradients[i];
        }
        Pull pull = new Pull();
        pull.add(sequences, all);
        return pull.metrics();
    }

    @Test
    void pullIsPerTokenAndRow() {
        // row 0: |−0.1|·2 + 0.1·2 over 4 tokens = 0.1; row 1: 0.3 over 1 token; times two rows: 0.2 and 0.6
        Map<String, Double> metrics = of(List.of(sequence(0, Group.CHOSEN, 5, 6), sequence(0, Group.REJECTED, 7, 8),
                sequence(1, Group.CHOSEN, 5)), -0.1, -0.1, 0.1, 0.1, -0.3);
        assertThat(metrics.get("signal/pull")).isCloseTo(0.4, CLOSE);
        assertThat(metrics.get("signal/pull_median")).isCloseTo(0.4, CLOSE);
        assertThat(metrics.get("signal/cancelled")).isCloseTo(0, CLOSE);
        assertThat(metrics.get("signal/silent_rows")).isZero();
    }

    @Test
    void sharedFirstTokensCancelAndSharedLastTokensDoNot() {
        // 5 is common to both (−0.1 + 0.1 = 0); 9 is too, but stands after different tokens: 0.4 of 0.6 is left
        Map<String, Double> metrics = of(
                List.of(sequence(0, Group.CHOSEN, 5, 6, 9), sequence(0, Group.REJECTED, 5, 7, 9)),
                -0.1, -0.1, -0.1, 0.1, 0.1, 0.1);
        assertThat(metrics.get("signal/cancelled")).isCloseTo(1 / 3.0, CLOSE);
        assertThat(metrics.get("signal/silent_rows")).isZero();
    }

    @Test
    void equalAnswersAndFlatLossesAreSilent() {
        Map<String, Double> metrics = of(
                List.of(sequence(0, Group.CHOSEN, 5, 6), sequence(0, Group.REJECTED, 5, 6),
                        sequence(1, Group.CHOSEN, 5), sequence(1, Group.REJECTED, 6),
                        sequence(2, Group.CHOSEN, 5), sequence(2, Group.REJECTED, 6)),
                -0.1, -0.1, 0.1, 0.1, 0, 0, -0.1, 0.1);
        assertThat(metrics.get("signal/silent_rows")).isCloseTo(2 / 3.0, CLOSE);
        assertThat(metrics.get("signal/pull_median")).as("of 0.3, 0, 0.3").isCloseTo(0.3, CLOSE);
    }

    @Test
    void mismatchedCompletionsAreConstants() {
        Map<String, Double> metrics = of(List.of(sequence(0, Group.ACCEPTED, 5), sequence(0, Group.MISMATCHED, 8, 9),
                sequence(1, Group.REJECTED, 6)), -0.5, 0, 0, 0.25);
        assertThat(metrics.get("signal/pull")).as("mean of 1 and 0.5").isCloseTo(0.75, CLOSE);
        assertThat(new Pull().metrics()).isEmpty();
    }

    @Test
    void dpoStartsWithAPullOfHalfBeta() {
        Tiny.Recorder run = Tiny.run(folder, "dpo", Tiny.pairs(16), Map.of("beta", "0.2"));
        assertThat(run.series("signal/pull").getFirst()).isCloseTo(0.1, CLOSE);
        assertThat(run.series("signal/pull_median").getFirst()).isCloseTo(0.1, CLOSE);
        assertThat(run.series("signal/pull").getLast()).isLessThan(0.1);
        assertThat(run.series("grad_share/loss")).as("one term only").isEmpty();
    }

    /** The way of cutting a step into micro-batches shows nowhere. */
    @ParameterizedTest
    @ValueSource(strings = {"dpo", "kto"})
    void accumulationDoesNotChangeThePull(String objective) {
        Tiny.Recorder whole = Tiny.run(folder, objective, Tiny.pairs(16), Map.of("training.steps", "1"));
        Tiny.Recorder parts = Tiny.run(folder, objective, Tiny.pairs(16),
                Map.of("training.steps", "1", "batch_size", "2", "gradient_accumulation_steps", "4"));
        for (String metric : List.of("signal/pull", "signal/pull_median", "signal/cancelled", "signal/silent_rows")) {
            assertThat(parts.series(metric).getFirst()).as(metric).isCloseTo(whole.series(metric).getFirst(), CLOSE);
        }
    }

    @Test
    void aHingeThatIsMetIsSilent() {
        Tiny.Recorder run = Tiny.run(folder, "hinge", Tiny.pairs(8), Map.of("beta", "100"));
        assertThat(run.series("signal/silent_rows").getFirst()).isZero();
        assertThat(run.series("signal/silent_rows").getLast()).as("margins are beyond 1").isEqualTo(1);
        assertThat(run.series("grad_norm").getLast()).isZero();
        assertThat(run.series("grad_clipped")).startsWith(1.0).endsWith(0.0);
    }

    @Test
    void sharesOfTermsAddUpAndFollowTheirWeights() {
        Tiny.Recorder plain = Tiny.run(folder, "dpo", Tiny.pairs(16), Map.of("sft_coefficient", "1"));
        assertThat(plain.series("grad_share/preference")).as("first and last step").hasSize(2);
        double preference = plain.series("grad_share/preference").getFirst();
        double imitation = plain.series("grad_share/sft").getFirst();
        assertThat(preference + imitation).isCloseTo(1, CLOSE);
        Tiny.Recorder heavy = Tiny.run(folder, "dpo", Tiny.pairs(16), Map.of("sft_coefficient", "10"));
        // ten times the norm of one term: share = 10 b / (a + 10 b)
        assertThat(heavy.series("grad_share/sft").getFirst())
                .isCloseTo(10 * imitation / (preference + 10 * imitation), within(1e-4));
    }

    @Test
    void aKlPullsNothingWherePolicyAndReferenceAreEqual() {
        Tiny.Recorder run = Tiny.run(folder, "pmpo", Tiny.unpaired(24), Map.of("evaluation.every", "2"));
        assertThat(run.series("grad_share/kl").getFirst()).isCloseTo(0, CLOSE);
        assertThat(run.series("grad_share/kl")).as("steps 1, 2 and 4").hasSize(3);
        assertThat(run.series("grad_share/kl").getLast()).isPositive();
    }

    @Test
    void measuringTermsChangesNoStep() {
        Tiny.Recorder seldom = Tiny.run(folder, "kto", Tiny.unpaired(24), Map.of());
        Tiny.Recorder often = Tiny.run(folder, "kto", Tiny.unpaired(24), Map.of("evaluation.every", "1"));
        assertThat(often.series("loss")).isEqualTo(seldom.series("loss"));
        assertThat(often.series("grad_share/accepted")).hasSize(4);
    }
}
