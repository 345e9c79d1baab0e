package preflab.engine.objective.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static preflab.engine.objective.golden.Same.assertSame;
import static preflab.engine.objective.golden.Same.assertSameGradient;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Objectives that must agree with each other, in value and gradient. */
class IdentitiesTest {

    private static final Worked PAIRS = Worked.inputsOf("dpo", 0);
    private static final Worked DPO = PAIRS.under("dpo", "beta", 0.3);

    // 1 ------------------------------------------------------------------------------------------------------------

    @Test
    void mcPoWithOneNegativeIsDpo() {
        assertSame(asLists("chosen").under("mcpo", "beta", 0.3, "sampler", "all"), DPO);
    }

    @Test
    void infoNcaOfTwoWithAHardTargetIsDpo() {
        assertSame(asLists("rewards").under("infonca", "beta", 0.3, "alpha", 1e-3), DPO);
    }

    @Test
    void ncaOfTwoWithAHardTargetIsNcaOnPairs() {
        assertSame(asLists("rewards").under("nca", "beta", 0.3, "alpha", 1e-3), PAIRS.under("nca_pair", "beta", 0.3));
    }

    /** Each pair as a list: the chosen one apart, or in front of the candidates with reward 1 against 0. */
    private static Worked asLists(String style) {
        return PAIRS.changed(inputs -> {
            JsonNode chosen = inputs.remove("chosen");
            JsonNode rejected = inputs.remove("rejected");
            ArrayNode examples = inputs.putArray("examples");
            for (int i = 0; i < chosen.size(); i++) {
                ObjectNode example = examples.addObject();
                if (style.equals("chosen")) {
                    example.set("chosen", chosen.get(i));
                    example.putArray("candidates").add(rejected.get(i));
                } else {
                    example.putArray("candidates").add(chosen.get(i)).add(rejected.get(i));
                    example.putArray("rewards").add(1).add(0);
                }
            }
        });
    }

    // 2 ------------------------------------------------------------------------------------------------------------

    /** Reference log-probabilities that sum to the same on both sides of every pair. */
    private static Worked equalReferences() {
        return PAIRS.eachSequence(sequence -> {
            ArrayNode reference = (ArrayNode) sequence.get("ref_logp");
            for (int t = 0; t < reference.size(); t++) {
                reference.set(t, -6.0 / reference.size());
            }
        });
    }

    @Test
    void typoWithoutSamplesIsDpoWithBetaOneWhenReferencesAreEqual() {
        Worked inputs = equalReferences();
        assertSame(inputs.under("typo", "lambda", 0), inputs.under("dpo", "beta", 1));
    }

    @Test
    void cpoWithoutImitationIsDpoWhenReferencesAreEqual() {
        Worked inputs = equalReferences();
        assertSame(inputs.under("cpo", "variant", "paper", "lambda", 0, "beta", 0.3), inputs.under("dpo", "beta", 0.3));
    }

    @Test
    void cpoOfTable5WithoutImitationIsSimPo() {
        assertSame(PAIRS.under("cpo", "variant", "table5", "lambda", 0, "beta", 2, "gamma", 0.7),
                PAIRS.under("simpo", "beta", 2, "gamma", 0.7));
    }

    // 3 ------------------------------------------------------------------------------------------------------------

    @Test
    void robustDpoWithoutSwappedLabelsIsDpo() {
        assertSame(PAIRS.under("robust_dpo", "beta", 0.3, "label_smoothing", 0), DPO);
    }

    @Test
    void fDpoOfTheReverseKlIsDpoAndAlphaJoinsTheKls() {
        assertSame(PAIRS.under("fdpo", "beta", 0.3, "divergence", "reverse_kl"), DPO);
        assertSame(PAIRS.under("fdpo", "beta", 0.3, "divergence", "alpha", "alpha", 1e-9), DPO, 1, 1e-7);
        assertSame(PAIRS.under("fdpo", "beta", 0.3, "divergence", "alpha", "alpha", 1),
                PAIRS.under("fdpo", "beta", 0.3, "divergence", "forward_kl"));
    }

    // 4 ------------------------------------------------------------------------------------------------------------

    @Test
    void rpoWithoutItsSecondTermIsDpo() {
        assertSame(PAIRS.under("rpo", "beta", 0.3, "lambda", 0), DPO);
    }

    @Test
    void rpoOnLogRatiosAndOnLogProbabilitiesDifferByAConstant() {
        Worked ratio = PAIRS.under("rpo", "beta", 0.3, "lambda", 0.5, "sft_term", "logratio");
        Worked logp = PAIRS.under("rpo", "beta", 0.3, "lambda", 0.5, "sft_term", "logp");
        double meanReference = mean(PAIRS.inputs().get("chosen"), "ref_logp");
        assertThat(ratio.loss() - logp.loss()).isCloseTo(0.5 * meanReference, within(1e-12));
        assertSameGradient(ratio, logp, 1, 1e-12);
    }

    /** The mean over sequences of the sum of a field. */
    private static double mean(JsonNode group, String field) {
        return IntStream.range(0, group.size()).mapToDouble(i -> sum(group.get(i), field)).average().orElseThrow();
    }

    private static double sum(JsonNode sequence, String field) {
        return Worked.numbers(sequence.get(field)).stream().mapToDouble(Double::doubleValue).sum();
    }

    // 5 ------------------------------------------------------------------------------------------------------------

    @Test
    void variantsWithTheirExtrasSwitchedOffAreDpo() {
        assertSame(numbered("reward_gap", 1).under("mappo", "beta", 0.3), DPO);
        assertSame(numbered("offset", 0).under("odpo", "beta", 0.3), DPO);
        assertSame(numbered("weight", 1).under("weighted_dpo", "beta", 0.3), DPO);
        assertSame(PAIRS.under("dpop", "beta", 0.3, "lambda", 0), DPO);
        assertSame(PAIRS.under("rdpo_length", "beta", 0.3, "alpha", 0), DPO);
    }

    private static Worked numbered(String name, double number) {
        return PAIRS.changed(inputs -> {
            ArrayNode numbers = inputs.putArray(name);
            inputs.get("chosen").forEach(pair -> numbers.add(number));
        });
    }

    @Test
    void d2oWithOneSampleIsDpo() {
        Worked samples = PAIRS.changed(inputs -> {
            JsonNode chosen = inputs.remove("chosen");
            JsonNode rejected = inputs.remove("rejected");
            ArrayNode examples = inputs.putArray("examples");
            for (int i = 0; i < chosen.size(); i++) {
                ObjectNode example = examples.addObject();
                example.putArray("ref_samples").add(chosen.get(i));
                example.set("rejected", rejected.get(i));
            }
        });
        assertSame(samples.under("d2o", "beta", 0.3, "alpha", 0.3), DPO);
    }

    // 6 ------------------------------------------------------------------------------------------------------------

    @Test
    void inpoWithTauAtEtaIsIpo() {
        Worked inputs = PAIRS
                .eachSequence(sequence -> sequence.set("prev_logp", sequence.get("ref_logp").deepCopy()));
        assertSame(inputs.under("inpo", "eta", 0.3, "tau", 0.3), PAIRS.under("ipo", "beta", 0.3));
    }

    @Test
    void apoZeroIsTwiceKtoAtAReferencePointOfZero() {
        Worked kto = unpaired().under("kto", "beta", 0.3, "z0", 0);
        assertSame(PAIRS.under("apo", "variant", "zero", "beta", 0.3), kto, 2, 1e-12);
    }

    /** The pairs' completions, judged one by one. */
    private static Worked unpaired() {
        return PAIRS.changed(inputs -> {
            JsonNode chosen = inputs.remove("chosen");
            JsonNode rejected = inputs.remove("rejected");
            inputs.set("accepted", chosen);
            inputs.set("rejected", rejected);
        });
    }

    @Test
    void orpoWithoutOddsIsImitationPerSequence() {
        Worked orpo = PAIRS.under("orpo", "lambda", 0);
        Worked sft = unpaired().under("sft", "norm", "seq_mean");
        assertThat(orpo.loss()).isCloseTo(sft.loss(), within(1e-12));
    }

    // 7 ------------------------------------------------------------------------------------------------------------

    @Test
    void pmpoOnAcceptedAloneIsImitationAndOnRejectedAloneIsGradientAscent() {
        Worked accepted = unpaired().changed(inputs -> inputs.remove("rejected"));
        assertSame(accepted.under("pmpo", "alpha", 1, "kl", "none"), accepted.under("sft", "norm", "sum"));
        Worked rejected = unpaired().changed(inputs -> inputs.remove("accepted"));
        Worked forget = rejected.changed(inputs -> inputs.set("forget", inputs.remove("rejected")));
        assertSame(rejected.under("pmpo", "alpha", 0, "kl", "none"), forget.under("ga", "norm", "sum"));
    }

    // 8 ------------------------------------------------------------------------------------------------------------

    private static Worked forgetting() {
        return PAIRS.changed(inputs -> {
            inputs.remove("chosen");
            inputs.set("forget", inputs.remove("rejected"));
        });
    }

    @Test
    void npoIsDpoWithoutAWinner() {
        Worked without = PAIRS.changed(inputs -> inputs.get("chosen")
                .forEach(winner -> ((ObjectNode) winner).set("logp", winner.get("ref_logp").deepCopy()))); // h_w = 0
        double npo = forgetting().under("npo", "beta", 0.3).loss();
        assertThat(npo).isCloseTo(2 / 0.3 * without.under("dpo", "beta", 0.3).loss(), within(1e-12));
    }

    @Test
    void npoBecomesGradientAscentAsBetaVanishes() {
        Worked npo = forgetting().under("npo", "beta", 1e-8);
        Worked ascent = forgetting().under("ga", "norm", "sum");
        assertSameGradient(npo, ascent, 1, 1e-6);
        double meanRatio = mean(PAIRS.inputs().get("rejected"), "logp")
                - mean(PAIRS.inputs().get("rejected"), "ref_logp");
        assertThat(npo.loss() - 2 / 1e-8 * Math.log(2)).isCloseTo(meanRatio, within(1e-6));
    }

    // 9 ------------------------------------------------------------------------------------------------------------

    @Test
    void simNpoOnOneCompletionIsNpoPerTokenWithoutAReference() {
        Worked one = forgetting().changed(inputs -> {
            ArrayNode forget = (ArrayNode) inputs.get("forget");
            while (forget.size() > 1) {
                forget.remove(1);
            }
            ArrayNode reference = (ArrayNode) forget.get(0).get("ref_logp");
            for (int t = 0; t < reference.size(); t++) {
                reference.set(t, 0.0);
            }
        });
        int tokens = one.inputs().get("forget").get(0).get("logp").size();
        assertSame(one.under("simnpo", "beta", 2.5, "gamma", 0), one.under("npo", "beta", 2.5 / tokens), 1.0 / tokens,
                1e-12);
    }

    // 10 -----------------------------------------------------------------------------------------------------------

    private static Worked oneToken(int label) {
        return new Worked(PAIRS.type(), "one token", JsonNodeFactory.instance.objectNode(),
                JsonNodeFactory.instance.objectNode()).changed(inputs -> {
                    ObjectNode sequence = inputs.putArray("sequences").addObject();
                    sequence.putArray("logp").add(-0.7);
                    sequence.putArray("ref_logp").add(-1.9);
                    sequence.putArray("g_logit").add(0.0);
                    sequence.putArray("label").add(label);
                    sequence.putArray("mask").add(1);
                });
    }

    @Test
    void pipaNOnAWrongTokenIsHalfOfNpo() {
        Worked forget = oneToken(0).changed(inputs -> inputs.set("forget", inputs.remove("sequences")));
        assertThat(oneToken(0).under("pipa_n").loss()).isCloseTo(forget.under("npo", "beta", 1).loss() / 2,
                within(1e-12));
        assertThat(oneToken(1).under("pipa_n").loss()).isCloseTo(Math.log1p(Math.exp(-1.2)), within(1e-12));
    }

    @Test
    void fixedHalfIsAValueHeadThatKnowsNothing() {
        for (int label : new int[]{0, 1}) {
            assertThat(oneToken(label).under("pipa_n", "value_head", "fixed_half").loss())
                    .isEqualTo(oneToken(label).under("pipa_n").loss());
            assertThat(oneToken(label).under("pipa_m", "value_head", "fixed_half").loss())
                    .isEqualTo(oneToken(label).under("pipa_m").loss());
        }
    }

    @Test
    void pipaMOnRightTokensPullsLikeImitation() {
        Worked right = Worked.inputsOf("pipa_m", 0).eachSequence(sequence -> {
            ArrayNode labels = (ArrayNode) sequence.get("label");
            for (int t = 0; t < labels.size(); t++) {
                labels.set(t, 1);
            }
        });
        Worked sft = right.changed(inputs -> inputs.set("accepted", inputs.remove("sequences"))).under("sft", "norm",
                "sum");
        assertThat(logProbGradient(right.under("pipa_m"))).isEqualTo(logProbGradient(sft));
    }

    private static List<Double> logProbGradient(Worked worked) {
        return worked.gradient().findValues("logp").stream().flatMap(row -> Worked.numbers(row).stream()).toList();
    }

    // 11 -----------------------------------------------------------------------------------------------------------

    private static Worked stepPairs(int label) {
        return PAIRS.changed(inputs -> inputs.get("rejected").forEach(rejected -> {
            ArrayNode labels = ((ObjectNode) rejected).putArray("label");
            rejected.get("logp").forEach(token -> labels.add(label));
        }));
    }

    @Test
    void stepDpoIsDpoWhenEveryStepIsWrong() {
        assertSame(stepPairs(0).under("step_dpo", "variant", "L0", "beta", 0.3), DPO);
        assertSame(stepPairs(0).under("step_dpo", "variant", "L1", "beta", 0.3), DPO);
    }

    @Test
    void stepDpoHasTheValueOfDpoAndNoGradientOnRightSteps() {
        Worked right = stepPairs(1).under("step_dpo", "variant", "L1", "beta", 0.3);
        assertThat(right.loss()).isCloseTo(DPO.loss(), within(1e-12));
        assertThat(Worked.numbers(right.gradient().get("rejected"))).containsOnly(0.0);
        assertThat(Worked.numbers(right.gradient().get("chosen")))
                .isEqualTo(Worked.numbers(DPO.gradient().get("chosen")));
    }

    // 12 -----------------------------------------------------------------------------------------------------------

    @Test
    void stepKtoOfOneWrongStepIsKtoMinusOne() {
        Worked wrong = Worked.inputsOf("step_kto", 0).eachSequence(sequence -> {
            sequence.put("answer_label", 0);
            for (String field : List.of("label", "step")) {
                ArrayNode values = (ArrayNode) sequence.get(field);
                for (int t = 0; t < values.size(); t++) {
                    values.set(t, 0);
                }
            }
        });
        Worked kto = wrong.changed(inputs -> inputs.set("rejected", inputs.remove("sequences"))).under("kto", "beta",
                0.3,
                "z0", 0.2);
        for (String variant : List.of("original", "masked")) {
            Worked steps = wrong.under("step_kto", "variant", variant, "beta", 0.3, "z0", 0.2);
            assertThat(steps.loss()).isCloseTo(kto.loss() - 1, within(1e-12));
            assertSameGradient(steps, kto, 1, 1e-12);
        }
    }

    // 13 -----------------------------------------------------------------------------------------------------------

    @Test
    void dpoIsALogSumOfReferenceAndPolicyRatios() {
        double expected = IntStream.range(0, PAIRS.inputs().get("chosen").size()).mapToDouble(i -> {
            JsonNode winner = PAIRS.inputs().get("chosen").get(i);
            JsonNode loser = PAIRS.inputs().get("rejected").get(i);
            double reference = 0.3 * (sum(loser, "ref_logp") - sum(winner, "ref_logp"));
            double policy = 0.3 * (sum(loser, "logp") - sum(winner, "logp"));
            return Math.log(Math.exp(reference) + Math.exp(policy)) - reference;
        }).average().orElseThrow();
        assertThat(DPO.loss()).isCloseTo(expected, within(1e-12));
    }

    // 14 -----------------------------------------------------------------------------------------------------------

    /** One pair with h_l = 0 and this h_w. */
    private static Worked gap(double ratio) {
        return PAIRS.changed(inputs -> {
            for (String side : List.of("chosen", "rejected")) {
                ObjectNode sequence = inputs.putArray(side).addObject();
                sequence.putArray("logp").add(-1.0);
                sequence.putArray("ref_logp").add(side.equals("chosen") ? -1.0 - ratio : -1.0);
                sequence.putArray("mask").add(1);
            }
        });
    }

    @Test
    void smoothedLossesAreLowestWhereThePolicyHasTheLabelsProbability() {
        double best = Math.log(0.9 / 0.1) / 0.3; // σ(β h) = 1 − ε
        for (String objective : List.of("dpo", "exo")) {
            Worked at = gap(best).under(objective, "beta", 0.3, "label_smoothing", 0.1);
            assertThat(Worked.numbers(at.gradient())).allSatisfy(g -> assertThat(g).isCloseTo(0, within(1e-12)));
        }
        assertThat(gap(best).under("exo", "beta", 0.3, "label_smoothing", 0.1).loss()).isCloseTo(0, within(1e-12));
        assertThat(gap(1 / 0.6).under("ipo", "beta", 0.3).loss()).isCloseTo(0, within(1e-12));
    }
}
