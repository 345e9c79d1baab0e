package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import preflab.datasets.example.Kind;
import preflab.engine.param.Param;
import preflab.engine.param.Params;
import preflab.engine.tensor.Kernels;

/** Distributional dispreference optimisation: from rejected completions only, against the reference's own samples. */
public record D2o(double beta, double alpha, int samples) implements Objective<Scores.RejectedWithSamples> {

    static final Param.OfDouble BETA = Common.beta(0.1);
    static final Param.OfDouble ALPHA = Params.positive("alpha", "α", "Weight of the rejected", 0.1,
            "Multiplies the rejected completion's log-ratio; DPO has α = β.");
    static final Param.OfInt SAMPLES = Params.count("num_samples", "Reference samples", 1, 1, 64,
            "K: how many completions of the reference stand in for the chosen one of each prompt.");

    public static final ObjectiveType<Scores.RejectedWithSamples> TYPE = ObjectiveType
            .named("d2o", "D2O", Scores.RejectedWithSamples.class)
            .summary("Learn from rejected completions alone: the reference's samples stand in for the chosen one.")
            .use("Only harmful or rejected answers are there; good ones are sampled from the reference.",
                    "You have chosen answers: pairs carry more.")
            .citation("S. Duan, X. Yi, P. Zhang et al.",
                    "Negating Negatives: Alignment with Human Negative Samples via Distributional "
                            + "Dispreference Optimization",
                    "EMNLP Findings", 2024, "https://arxiv.org/abs/2403.03419", "")
            .formula("-\\log\\sigma\\left(\\tfrac{\\beta}{K}\\sum_i\\left[S(y_i)-R^-(y_i)\\right]"
                    + "-\\alpha\\left[S(y_l)-R^+(y_l)\\right]\\right)",
                    "-ls((beta/K) sum_i [S(y_i) - R-(y_i)] - alpha [S(y_l) - R+(y_l)]),  y_i from the reference")
            .needs(Needs.withReference(Kind.UNPAIRED, Kind.PAIRED).andReferenceSamples())
            .params(BETA, ALPHA, SAMPLES).reward(Common.DPO_REWARD)
            .departures(
                    "Each group brings its own reference; in training both are the one reference. K is 1 unless set. "
                            + "The samples are drawn from the reference once per prompt before training, at temperature 1, top-k 60, "
                            + "top-p 0.8 and repetition penalty 1.1, as in the TYPO paper's experiments: a sharpened reference, not "
                            + "the reference itself.")
            .make(values -> new D2o(values.get(BETA), values.get(ALPHA), values.get(SAMPLES)));

    @Override
    public LossTerms loss(Scores.RejectedWithSamples scores, State state) {
        NDArray samples = meanRatio(scores); // (1/K) Σ_i h_i, [N]
        NDArray rejected = scores.rejected().logRatio(); // [N]
        NDArray margin = Kernels.times(samples, beta).sub(Kernels.times(rejected, alpha)); // [N]
        return LossTerms.of(scores.rejected().mean(Logistic.loss(margin)),
                Diagnostics.none().matched(Kernels.times(samples, beta), Kernels.times(rejected, beta))
                        .put("logps/rejected", scores.rejected().sum()).build());
    }

    private static NDArray meanRatio(Scores.RejectedWithSamples scores) {
        CandidateLists lists = scores.lists();
        NDArray ratios = lists.lists(scores.referenceSamples().logRatio(), 0); // [N,K]
        double[] counts = lists.counts().stream().mapToDouble(k -> Math.max(1, k)).toArray();
        NDArray divisor = ratios.getManager().create(counts).toType(ratios.getDataType(), false); // [N]
        return ratios.sum(new int[]{1}).div(divisor);
    }
}
