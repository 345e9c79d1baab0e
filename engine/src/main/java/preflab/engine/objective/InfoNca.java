package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import preflab.datasets.example.Kind;
import preflab.engine.param.Param;
import preflab.engine.param.Params;
import preflab.engine.tensor.Kernels;

/** InfoNCA: match softmax(β h) over a list of candidates to softmax(reward/α). */
public record InfoNca(double beta, double alpha) implements Objective<Scores.Candidates> {

    static final Param.OfDouble BETA = Common.beta(0.1);
    static final Param.OfDouble ALPHA = Params.positive("alpha", "α", "Temperature of the rewards", 0.01,
            "Small makes the best candidate the only target.");

    public static final ObjectiveType<Scores.Candidates> TYPE = ObjectiveType
            .named("infonca", "InfoNCA", Scores.Candidates.class).aliases("info_nca")
            .summary("Cross-entropy between rewards and log-ratios over a list of candidates.")
            .use("Candidates with scalar rewards: the policy is to match their softmax.",
                    "The absolute level of likelihood matters: only differences count here; nca anchors it.")
            .citation("H. Chen, G. He, L. Yuan et al.",
                    "Noise Contrastive Alignment of Language Models with Explicit Rewards", "NeurIPS", 2024,
                    "https://arxiv.org/abs/2402.05369", "")
            .formula(
                    "-\\sum_i w_i\\log\\frac{e^{\\beta h_i}}{\\sum_j e^{\\beta h_j}},\\; "
                            + "w=\\mathrm{softmax}(r/\\alpha)",
                    "-sum_i w_i log softmax(beta h)_i,  w = softmax(reward/alpha)")
            .needs(Needs.withReference(Kind.RANKED))
            .params(BETA, ALPHA).reward(Common.DPO_REWARD).departures("")
            .make(values -> new InfoNca(values.get(BETA), values.get(ALPHA)));

    @Override
    public LossTerms loss(Scores.Candidates scores, State state) {
        RewardedLists lists = new RewardedLists(scores, beta);
        NDArray normaliser = Kernels.logSumExp(lists.logits()).expandDims(1); // [N,1]
        NDArray logSoftmax = lists.implicitRewards().sub(normaliser); // [N,K]
        return lists.over(lists.targets(alpha).mul(logSoftmax).sum(new int[]{1}).neg());
    }
}
