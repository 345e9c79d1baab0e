package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;
import preflab.datasets.example.Kind;
import preflab.engine.param.Param;
import preflab.engine.tensor.Kernels;

/** TYPO: Bradley–Terry on the policy's own likelihoods, kept near the reference by imitating its samples. */
public record Typo(double lambda) implements Objective<Scores.PairsWithSamples> {

    static final Param.OfDouble LAMBDA = Common.lambda(0.05, "Weight of the reference's samples",
            "0 gives the policy that explains the preferences best; larger moves it towards the reference.");

    public static final ObjectiveType<Scores.PairsWithSamples> TYPE = ObjectiveType
            .named("typo", "TYPO", Scores.PairsWithSamples.class).aliases("typpo")
            .summary("Interpolate between the preferences' best policy and the reference, without a reward's detour.")
            .use("The reference is already good on part of the prompts: TYPO leaves it alone there, and "
                    + "still learns elsewhere.",
                    "Sampling from the reference once per prompt is too dear.")
            .citation("X. Hu, T. He, D. Wipf", "New Desiderata for Direct Preference Optimization", "arXiv", 2024,
                    "https://arxiv.org/abs/2407.09072", "")
            .formula("\\mathbb{E}\\log\\left(1+\\frac{\\pi_\\theta(y_l)}{\\pi_\\theta(y_w)}\\right)"
                    + "-\\lambda\\,\\mathbb{E}_{y\\sim\\pi_{\\mathrm{ref}}}\\log\\pi_\\theta(y)",
                    "mean log(1 + exp(S_l - S_w)) + lambda mean_{y~ref} (-S(y))")
            .needs(Needs.policyOnly(Kind.PAIRED, Kind.RANKED).andReferenceSamples())
            .params(LAMBDA).reward("S(y) = log π_θ(y), without a reference; not comparable with DPO's.")
            .departures(
                    "The samples are drawn from the reference once per prompt before training, at temperature 1, top-k 60, "
                            + "top-p 0.8 and repetition penalty 1.1, as in the TYPO paper's experiments: a sharpened reference, not "
                            + "the reference itself.")
            .make(values -> new Typo(values.get(LAMBDA)));

    @Override
    public LossTerms loss(Scores.PairsWithSamples scores, State state) {
        NDArray chosen = scores.chosen().sum(); // S_w, [n]
        NDArray rejected = scores.rejected().sum(); // S_l, [n]
        SequenceScores samples = scores.referenceSamples();
        Map<String, NDArray> terms = new LinkedHashMap<>(); // scalars
        terms.put("loss/preference", scores.chosen().mean(Logistic.loss(chosen.sub(rejected))));
        terms.put("loss/reference_samples", samples.mean(Kernels.times(samples.sum(), -lambda)));
        Scores.Pairs pairs = new Scores.Pairs(scores.chosen(), scores.rejected());
        Map<String, NDArray> diagnostics = new LinkedHashMap<>(Diagnostics.pairs(pairs, chosen, rejected));
        if (!samples.isEmpty()) { // up to a constant −KL(π_ref‖π_θ)
            diagnostics.put("logps/reference_samples", samples.sum().stopGradient());
        }
        return LossTerms.sum(terms, diagnostics);
    }
}
