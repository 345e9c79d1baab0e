package preflab.engine.objective;

import preflab.datasets.example.Kind;
import preflab.engine.param.Param;
import preflab.engine.param.Params;

/** RNCE: the preferred completion against candidates drawn uniformly; MC-PO's loss with another sampler. */
final class Rnce {

    static final Param.OfDouble BETA = Common.beta(0.1);
    static final Param.OfInt NEGATIVES = Params.count("num_negatives", "Number of negatives", 1, 1, 1024,
            "How many candidates, drawn uniformly without replacement, stand against the preferred completion.");

    static final ObjectiveType<Scores.Candidates> TYPE = ObjectiveType.named("rnce", "RNCE", Scores.Candidates.class)
            .summary("Tell the preferred completion from negatives drawn at random.")
            .use("Lists of candidates, and the baseline that MC-PO's choice of negatives must beat.",
                    "Some candidates are much harder than others: MC-PO finds them.")
            .citation("Z. Chen, F. Liu, X. Zhu, H. Wang, Y. Qi, M. Ghavamzadeh",
                    "Preference Optimization via Contrastive Divergence: Your Reward Model is Secretly an "
                            + "NLL Estimator",
                    "arXiv", 2025, "https://arxiv.org/abs/2502.04567", "eq. 5")
            .formula("-\\beta h_0+\\log\\left(e^{\\beta h_0}+\\sum_{i=1}^{M}e^{\\beta h_i}\\right)",
                    "-beta h_0 + logsumexp(beta h_0, {beta h_i : i drawn uniformly})")
            .needs(Needs.withReference(Kind.RANKED).andBestApart()).params(BETA, NEGATIVES).reward(Common.DPO_REWARD)
            .departures("Several negatives are drawn without replacement.")
            .make(values -> new McPo(values.get(BETA), McPo.Sampler.RANDOM, values.get(NEGATIVES), false, 0, 0));

    private Rnce() {
    }
}
