package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import preflab.engine.param.Param;
import preflab.engine.param.Params;
import preflab.engine.tensor.Kernels;

/** Self-play preference optimisation: regress each log-ratio to its own target. */
public record Sppo(double beta, double winProbability) implements Objective<Scores.Pairs> {

    static final Param.OfDouble BETA = Params.positive("beta", "1/η", "Strength of the reference", 0.1,
            "Log-ratios are driven to ±(p - 1/2)/β; the paper's η is 1/β.");
    static final Param.OfDouble WIN_PROBABILITY = Params.between("p_win", "p", "Probability of winning", 1, 0, 1,
            "How often the chosen completion beats the policy; 1 is the hard version.");

    public static final ObjectiveType<Scores.Pairs> TYPE = ObjectiveType.named("sppo", "SPPO", Scores.Pairs.class)
            .aliases("sppo_hard")
            .summary("Drive the chosen log-ratio up to, and the rejected one down to, a set value by least squares.")
            .use("You have win probabilities per pair or play the policy against itself, and want each "
                    + "side to have its own target.",
                    "Labels are single and hard, and the same margin is all that counts.")
            .citation("Y. Wu, Z. Sun, H. Yuan, K. Ji, Y. Yang, Q. Gu",
                    "Self-Play Preference Optimization for Language Model Alignment", "ICLR", 2025,
                    "https://arxiv.org/abs/2405.00675", "")
            .formula("\\left(h_w-\\frac{p-1/2}{\\beta}\\right)^2+\\left(h_l+\\frac{p-1/2}{\\beta}\\right)^2",
                    "(h_w - (p - 1/2)/beta)^2 + (h_l + (p - 1/2)/beta)^2")
            .needs(Common.pairs()).params(BETA, WIN_PROBABILITY).reward(Common.DPO_REWARD)
            .departures(
                    "One probability for all pairs. The paper plays against its own samples; here the pairs are given.")
            .make(values -> new Sppo(values.get(BETA), values.get(WIN_PROBABILITY)));

    @Override
    public LossTerms loss(Scores.Pairs pairs, State state) {
        double target = (winProbability - 0.5) / beta;
        NDArray chosen = pairs.chosen().logRatio(); // h_w, [n]
        NDArray rejected = pairs.rejected().logRatio(); // h_l, [n]
        NDArray perPair = chosen.sub(target).square().add(rejected.add(target).square()); // [n]
        return Common.overPairs(pairs, perPair, Kernels.times(chosen, beta), Kernels.times(rejected, beta));
    }
}
