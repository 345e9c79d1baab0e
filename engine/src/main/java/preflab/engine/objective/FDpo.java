package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import preflab.engine.param.Param;
import preflab.engine.param.Params;
import preflab.engine.tensor.Kernels;

/** DPO under another divergence than the reverse KL. */
public record FDpo(double beta, Divergence divergence, double alpha) implements Objective<Scores.Pairs> {

    /** The f-divergence that keeps the policy near the reference; f'(u) at u = exp(h), in h. */
    public enum Divergence {
        /** f'(u) = log u. */
        REVERSE_KL {
            @Override
            NDArray slope(NDArray h, double alpha) {
                return h;
            }
        },
        /** f'(u) = log(2u/(1 + u)). */
        JS {
            @Override
            NDArray slope(NDArray h, double alpha) {
                return Kernels.logSigmoid(h).add(Math.log(2));
            }
        },
        /** f'(u) = −1/u. */
        FORWARD_KL {
            @Override
            NDArray slope(NDArray h, double alpha) {
                return h.neg().exp().neg();
            }
        },
        /** f'(u) = (1 − u^−α)/α. */
        ALPHA {
            @Override
            NDArray slope(NDArray h, double alpha) {
                return Kernels.dividedBy(Kernels.expm1(Kernels.times(h, -alpha)), -alpha);
            }
        };

        /** f'(exp h), [n]. */
        abstract NDArray slope(NDArray h, double alpha);
    }

    static final Param.OfDouble BETA = Common.beta(0.1);
    static final Param.OfChoice DIVERGENCE = Params.choice("divergence", "Divergence", Divergence.REVERSE_KL,
            "reverse_kl is DPO; js is between the two KLs; forward_kl covers mass; alpha joins the KLs.");
    static final Param.OfDouble ALPHA = new Param.OfDouble("alpha", "α", "Order of the divergence",
            "Near 0: reverse KL; 1: forward KL. Used by the divergence alpha only.", 0.5, 0, true, 1, false,
            Param.Scale.LINEAR, "");

    public static final ObjectiveType<Scores.Pairs> TYPE = ObjectiveType.named("fdpo", "f-DPO", Scores.Pairs.class)
            .aliases("f_dpo")
            .summary("DPO with the reverse KL replaced by another divergence from the reference.")
            .use("You want the divergence from the reference to be other than reverse KL, for instance "
                    + "Jensen–Shannon for more diverse answers.",
                    "You compare with published DPO figures: rewards are on another scale for each divergence.")
            .citation("C. Wang, Y. Jiang, C. Yang, H. Liu, Y. Chen",
                    "Beyond Reverse KL: Generalizing Direct Preference Optimization with Diverse Divergence "
                            + "Constraints",
                    "ICLR", 2024, "https://arxiv.org/abs/2309.16240", "")
            .formula("-\\log\\sigma\\left(\\beta f'(u_w)-\\beta f'(u_l)\\right),\\; u=e^{h}",
                    "-ls(beta f'(u_w) - beta f'(u_l)),  u = exp(h)")
            .needs(Common.pairs()).params(BETA, DIVERGENCE, ALPHA)
            .reward("β f'(exp(h(y))), up to a constant of the divergence.")
            .departures("The exponent of forward_kl and alpha is not clamped, so log-ratios below about -700 "
                    + "(-88 in float32) overflow. Other programs call 1 - alpha the coefficient.")
            .make(values -> new FDpo(values.get(BETA), values.get(DIVERGENCE, Divergence.class), values.get(ALPHA)));

    @Override
    public LossTerms loss(Scores.Pairs pairs, State state) {
        NDArray chosenReward = Kernels.times(divergence.slope(pairs.chosen().logRatio(), alpha), beta); // [n]
        NDArray rejectedReward = Kernels.times(divergence.slope(pairs.rejected().logRatio(), alpha), beta); // [n]
        NDArray perPair = Logistic.loss(chosenReward.sub(rejectedReward)); // [n]
        return Common.overPairs(pairs, perPair, chosenReward, rejectedReward);
    }
}
