package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import java.util.List;
import preflab.engine.param.Param;
import preflab.engine.tensor.Kernels;

/** EXO as printed in MC-PO's table of baselines, for comparison only: unbounded below. */
public record ExoTable5(double beta) implements Objective<Scores.Pairs> {

    static final Param.OfDouble BETA = Common.beta(0.1);

    public static final ObjectiveType<Scores.Pairs> TYPE = ObjectiveType
            .named("exo_table5", "EXO (Table 5)", Scores.Pairs.class)
            .summary("EXO as a table of baselines prints it, without the target distribution; for comparison.")
            .use("Only to repeat the table of the paper it is printed in.",
                    "Otherwise take exo: this form is unbounded below.")
            .citation("Z. Chen, F. Liu, X. Zhu, H. Wang, Y. Qi, M. Ghavamzadeh",
                    "Preference Optimization via Contrastive Divergence: Your Reward Model is Secretly an "
                            + "NLL Estimator",
                    "arXiv", 2025, "https://arxiv.org/abs/2502.04567", "Table 5")
            .formula("-z\\,\\sigma(z),\\; z=\\beta(h_w-h_l)", "-z sig(z),  z = beta (h_w - h_l)")
            .needs(Common.pairs()).params(BETA)
            .advice(values -> List
                    .of("exo_table5 is unbounded below: the gap grows without end; exo is the paper's loss"))
            .reward(Common.DPO_REWARD)
            .departures(
                    "The table lets the logits depend on the chosen completion alone; the pair's difference is used.")
            .make(values -> new ExoTable5(values.get(BETA)));

    @Override
    public LossTerms loss(Scores.Pairs pairs, State state) {
        NDArray chosenReward = Kernels.times(pairs.chosen().logRatio(), beta); // [n]
        NDArray rejectedReward = Kernels.times(pairs.rejected().logRatio(), beta); // [n]
        NDArray z = chosenReward.sub(rejectedReward); // [n]
        NDArray perPair = z.mul(Kernels.sigmoid(z)).neg(); // [n]
        return Common.overPairs(pairs, perPair, chosenReward, rejectedReward);
    }
}
