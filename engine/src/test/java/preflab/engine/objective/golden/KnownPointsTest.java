package preflab.engine.objective.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import preflab.engine.objective.CandidateSampler;
import preflab.engine.objective.Scores;
import preflab.engine.objective.State;

/** Where the arithmetic can be done in one's head: the policy equals the reference, so that every log-ratio is 0. */
class KnownPointsTest {

    private static final double LN2 = Math.log(2);

    /** The first worked case of an objective, with every reference log-probability set to the policy's. */
    private static Worked atReference(String objective) {
        Consumer<ObjectNode> equal = sequence -> {
            if (sequence.has("ref_logp")) {
                sequence.set("ref_logp", sequence.get("logp").deepCopy());
            }
        };
        return Worked.inputsOf(objective, 0).eachSequence(equal);
    }

    @Test
    void lossIsLn2WhenPolicyEqualsReference() {
        for (String objective : List.of("dpo", "fdpo", "robust_dpo", "dpo_length_norm", "dpop", "mappo")) {
            assertThat(atReference(objective).under(objective).loss()).as(objective).isCloseTo(LN2, within(1e-15));
        }
    }

    @ParameterizedTest
    @CsvSource({"ipo, beta=0.1, 25", "hinge, beta=0.1, 1", "apo, variant=zero, 1", "apo, variant=down, 1",
            "apo, variant=table5, 0", "sppo, beta=0.1, 50", "exo_table5, beta=0.1, 0", "kto, z0=0, 0.5"})
    void lossWhenPolicyEqualsReference(String objective, String hyper, double expected) {
        String[] setting = hyper.split("=", 2);
        assertThat(atReference(objective).under(objective, setting[0], setting[1]).loss()).isCloseTo(expected,
                within(1e-12));
    }

    @Test
    void classifiersStartAtTheEntropyOfTheirChoices() {
        assertThat(atReference("nca_pair").under("nca_pair").loss()).isCloseTo(2 * LN2, within(1e-14));
        assertThat(atReference("bco").under("bco").loss()).isCloseTo(2 * LN2, within(1e-14));
        assertThat(atReference("npo").under("npo", "beta", 0.1).loss()).isCloseTo(20 * LN2, within(1e-13));
        Worked three = atReference("mcpo").under("mcpo", "sampler", "max", "num_negatives", 3);
        assertThat(three.loss()).isCloseTo(Math.log(4), within(1e-14));
    }

    @Test
    void exoStartsAtTheKlFromAFairCoinToTheTarget() {
        double expected = -LN2 - 0.5 * Math.log(0.9) - 0.5 * Math.log(0.1);
        assertThat(atReference("exo").under("exo", "label_smoothing", 0.1).loss()).isCloseTo(expected, within(1e-14));
    }

    @Test
    void exactKlIsZeroWhenPolicyEqualsReference() {
        Worked equal = Worked.inputsOf("pmpo", 0).eachSequence(s -> s.set("ref_logits", s.get("logits").deepCopy()));
        double withKl = equal.under("pmpo", "alpha", 0.5, "beta", 3).loss();
        assertThat(withKl).isCloseTo(equal.under("pmpo", "alpha", 0.5, "kl", "none").loss(), within(1e-14));
    }

    @Test
    void untrainedValueHeadKnowsEveryLabelWithProbabilityOneHalf() {
        for (String objective : List.of("pipa_m", "pipa_n")) {
            Worked.inputsOf(objective, 0).under(objective, "value_head", "fixed_half").examine((inputs, terms) -> {
                double[] likelihood = terms.diagnostics().get("value/geo_likelihood").toDoubleArray();
                assertThat(likelihood).containsOnly(new double[]{0.5, 0.5, 0.5}, within(1e-15));
            });
        }
    }

    @Test
    void pairDiagnosticsAreRewardsMarginsAccuraciesAndLogProbabilities() {
        Worked.inputsOf("dpo", 0).examine((inputs, terms) -> {
            assertThat(terms.diagnostics().keySet()).containsExactlyInAnyOrder("rewards/chosen", "rewards/rejected",
                    "rewards/margins", "rewards/accuracies", "logps/chosen", "logps/rejected");
            double[] margins = terms.diagnostics().get("rewards/margins").toDoubleArray();
            double[] ahead = terms.diagnostics().get("rewards/accuracies").toDoubleArray();
            for (int i = 0; i < margins.length; i++) {
                assertThat(ahead[i]).isEqualTo(margins[i] > 0 ? 1 : 0);
            }
        });
    }

    /** α = ½, β = 1.5, as many accepted as rejected: the bound on π_ref is ½ / (1.5 · ½) = 2/3. */
    @Test
    void pmpoCountsRejectedTokensBelowItsStabilityBound() {
        Worked worked = Worked.inputsOf("pmpo", 0).changed(inputs -> {
            inputs.removeAll();
            for (String group : List.of("accepted", "rejected")) {
                ObjectNode sequence = inputs.putArray(group).addObject();
                sequence.putArray("logp").add(-1.0).add(-1.0).add(-1.0).add(-1.0);
                sequence.putArray("ref_logp").add(Math.log(0.6)).add(Math.log(0.7)).add(Math.log(0.1)).add(-0.0);
                sequence.putArray("mask").add(1).add(1).add(1).add(0);
            }
        });
        worked.under("pmpo", "alpha", 0.5, "beta", 1.5).examine((inputs, terms) -> assertThat(
                terms.diagnostics().get("pmpo/unstable_share").toDoubleArray()[0]).isCloseTo(2.0 / 3, within(1e-12)));
    }

    @Test
    void extraImitationAddsTheLikelihoodPerTokenOfTheChosen() {
        Worked plain = Worked.inputsOf("dpo", 0).under("dpo");
        Worked imitating = plain.under("dpo", "sft_coefficient", 0.2);
        Worked sft = plain.changed(inputs -> inputs.set("accepted", inputs.remove("chosen"))).under("sft");
        assertThat(imitating.loss()).isCloseTo(plain.loss() + 0.2 * sft.loss(), within(1e-12));
        imitating.examine((inputs, terms) -> assertThat(Worked.value(terms.terms().get("loss/sft")))
                .isCloseTo(0.2 * sft.loss(), within(1e-12)));
    }

    /** Where a list carries rewards, its best candidate is imitated, per token of its own. */
    @Test
    void extraImitationOfARewardedListIsThatOfItsBestCandidate() {
        Worked worked = Worked.inputsOf("infonca", 0);
        worked.under("infonca", "sft_coefficient", 0.2).examine((inputs, terms) -> {
            Scores.Candidates lists = inputs.as(Scores.Candidates.class);
            double[] average = lists.candidates().average().toDoubleArray();
            int[] first = {0};
            double expected = lists.lists().rewards().stream().mapToDouble(rewards -> {
                int best = CandidateSampler.highest(rewards, 1)[0];
                first[0] += rewards.length;
                return -average[first[0] - rewards.length + best];
            }).average().orElseThrow();
            assertThat(Worked.value(terms.terms().get("loss/sft"))).isCloseTo(0.2 * expected, within(1e-12));
        });
    }

    /** δ after steps with batch means 1 and 3 at memory ½: (¼·1 + ½·3) / (¼ + ½) = 7/3. */
    @Test
    void bcoAveragesItsReferencePointOverSteps() {
        Worked at = Worked.inputsOf("bco", 0).under("bco", "beta", 1, "delta_momentum", 0.5);
        State first = Worked.next(meanRatios(at, 1), State.EMPTY);
        State second = Worked.next(meanRatios(at, 3), first);
        assertThat(second.values().get("delta_sum") / second.values().get("delta_weight")).isCloseTo(7.0 / 3,
                within(1e-12));
    }

    /** The same data with every log-ratio at this value. */
    private static Worked meanRatios(Worked worked, double ratio) {
        return worked.eachSequence(sequence -> {
            sequence.putArray("logp").add(-1.0);
            sequence.putArray("ref_logp").add(-1.0 - ratio);
            sequence.putArray("mask").add(1);
        });
    }

    /** With every log-ratio 0 the literal kernel's order is that of the uniforms: the first is the preferred one. */
    @Test
    void literalKernelThatDrawsThePreferredCompletionTeachesNothing() {
        Worked worked = atReference("mcpo").under("mcpo", "sampler", "mc", "include_positive", "true");
        GoldenResult drawn = worked.withUniforms(new double[]{0.9, 0.1, 0.1, 0.1, 0.1, 0.1}).compute(DataType.FLOAT64);
        assertThat(drawn.loss()).isCloseTo(LN2, within(1e-15));
        assertThat(Worked.numbers(drawn.grad())).containsOnly(0.0);
        GoldenResult missed = worked.withUniforms(new double[]{0.1, 0.1, 0.9, 0.1, 0.1, 0.1}).compute(DataType.FLOAT64);
        assertThat(missed.loss()).isCloseTo(LN2, within(1e-15));
        assertThat(Worked.numbers(missed.grad())).anyMatch(g -> g > 0).anyMatch(g -> g < 0);
    }
}
