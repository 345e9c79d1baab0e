package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import preflab.datasets.example.Kind;
import preflab.engine.param.Param;
import preflab.engine.param.Params;

/** Noise-contrastive alignment over a list of candidates: absolute rewards count, not only their differences. */
public record Nca(double beta, double alpha) implements Objective<Scores.Candidates> {

    static final Param.OfDouble BETA = Common.beta(0.1);
    static final Param.OfDouble ALPHA = Params.positive("alpha", "α", "Temperature of the rewards", 0.01,
            "Small makes the best candidate the only target.");

    public static final ObjectiveType<Scores.Candidates> TYPE = ObjectiveType
            .named("nca", "NCA", Scores.Candidates.class)
            .summary("Classify each candidate as data or noise by its reward; keeps good likelihoods from falling.")
            .use("Candidates with scalar rewards, and the likelihood of good ones must not fall.",
                    "Rewards are only ranks.")
            .citation("H. Chen, G. He, L. Yuan et al.",
                    "Noise Contrastive Alignment of Language Models with Explicit Rewards", "NeurIPS", 2024,
                    "https://arxiv.org/abs/2402.05369", "")
            .formula("-\\sum_i\\left[w_i\\log\\sigma(\\beta h_i)+\\tfrac1K\\log\\sigma(-\\beta h_i)\\right],\\;"
                    + "w=\\mathrm{softmax}(r/\\alpha)",
                    "-sum_i [w_i ls(beta h_i) + (1/K) ls(-beta h_i)],  w = softmax(reward/alpha)")
            .needs(Needs.withReference(Kind.RANKED))
            .params(BETA, ALPHA).reward(Common.DPO_REWARD).departures("")
            .make(values -> new Nca(values.get(BETA), values.get(ALPHA)));

    @Override
    public LossTerms loss(Scores.Candidates scores, State state) {
        RewardedLists lists = new RewardedLists(scores, beta);
        NDArray reward = lists.implicitRewards(); // [N,K]
        NDArray data = Logistic.loss(reward).mul(lists.targets(alpha)); // [N,K]
        NDArray noise = Logistic.loss(reward.neg()).mul(lists.uniform()); // [N,K]
        return lists.over(data.add(noise).sum(new int[]{1}));
    }
}
