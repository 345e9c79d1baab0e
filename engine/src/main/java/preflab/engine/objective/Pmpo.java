package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import preflab.datasets.example.Kind;
import preflab.engine.param.Param;
import preflab.engine.param.ParamValues;
import preflab.engine.param.Params;
import preflab.engine.tensor.Kernels;

/**
 * Preference-based maximum a posteriori policy optimisation: weighted likelihood up on accepted and down on rejected
 * completions, held together by a KL from the reference. Either set may be missing.
 */
public record Pmpo(double alpha, double beta, Kl kl, boolean lengthNormalize) implements Objective<Scores.Unpaired> {

    /** How KL(π_ref‖π_θ) is measured. */
    public enum Kl {
        /** Over the whole vocabulary at every active position. */
        EXACT,
        /** From completions drawn from the reference. */
        SAMPLED,
        /** Left out. */
        NONE
    }

    static final Param.OfDouble ALPHA = Params.between("alpha", "α", "Weight of the accepted", 0.5, 0, 1,
            "1 learns from accepted completions only, 0 from rejected ones only.");
    static final Param.OfDouble BETA = Params.nonNegative("beta", "β", "Strength of the KL", 1.5,
            "Must outweigh the rejected term wherever only rejected answers go: watch pmpo/unstable_share.");
    static final Param.OfChoice KL = Params.choice("kl", "KL to the reference", Kl.EXACT,
            "exact: over the vocabulary at every position; sampled: from the reference's own completions; none: off.");
    static final Param.OfBoolean LENGTH_NORMALIZE = Params.flag("length_normalize", "Normalise by length", false,
            "Divides each sequence's log-likelihood and KL by its number of tokens.");

    public static final ObjectiveType<Scores.Unpaired> TYPE = ObjectiveType
            .named("pmpo", "PMPO", Scores.Unpaired.class).aliases("preference_mpo")
            .summary("Raise accepted, lower rejected completions, each set by its own mean, under an exact KL.")
            .use("Answers are accepted or rejected one by one, in any number, even only accepted or only "
                    + "rejected ones.",
                    "Only rejected answers are there and β is below the stability bound: prefixes then "
                            + "collapse to one token.")
            .citation("A. Abdolmaleki, B. Piot, B. Shahriari et al.",
                    "Preference Optimization as Probabilistic Inference",
                    "arXiv", 2024, "https://arxiv.org/abs/2410.04166", "")
            .formula("-\\alpha\\,\\mathbb{E}_{a}[S]+(1-\\alpha)\\,\\mathbb{E}_{r}[S]"
                    + "+\\beta\\,\\mathrm{KL}(\\pi_{\\mathrm{ref}}\\Vert\\pi_\\theta)",
                    "-alpha mean_acc S + (1-alpha) mean_rej S + beta KL(pi_ref || pi_theta)")
            .needs(Pmpo::needs).params(ALPHA, BETA, KL, LENGTH_NORMALIZE).advice(Pmpo::advice)
            .reward("h(y) = log π_θ(y) − log π_ref(y), not scaled: the KL's weight is not a reward's temperature.")
            .departures(
                    "The default beta is 1.5, not 0.5: below 1 - alpha times (1 + n_a/n_r), every prefix that occurs "
                            + "only in rejected answers collapses to a single token. The KL is over the prefixes of the batch's "
                            + "own completions, reference first (mass-covering), as in the paper's formula. With kl = sampled the "
                            + "samples are drawn once per prompt at temperature 1, top-k 60, top-p 0.8 and repetition penalty 1.1: "
                            + "a sharpened reference.")
            .make(values -> new Pmpo(values.get(ALPHA), values.get(BETA), values.get(KL, Kl.class),
                    values.get(LENGTH_NORMALIZE)));

    private static Needs needs(ParamValues values) {
        return switch (values.get(KL, Kl.class)) {
            case EXACT -> Needs.withReference(Kind.UNPAIRED, Kind.PAIRED, Kind.STEPWISE)
                    .andVocabularyKl(Needs.KlDirection.FORWARD);
            case SAMPLED -> Needs.withReference(Kind.UNPAIRED, Kind.PAIRED, Kind.STEPWISE).andReferenceSamples();
            case NONE -> Needs.policyOnly(Kind.UNPAIRED, Kind.PAIRED, Kind.STEPWISE);
        };
    }

    private static List<String> advice(ParamValues values) {
        double rejectedWeight = 1 - values.get(ALPHA);
        double strength = values.get(KL, Kl.class) == Kl.NONE ? 0 : values.get(BETA);
        if (rejectedWeight == 0 || strength > 2 * rejectedWeight) {
            return List.of();
        }
        return List.of("beta " + strength + " does not outweigh the rejected term (1 - alpha = " + rejectedWeight
                + "): with as many accepted as rejected answers, prefixes that only rejected answers reach collapse"
                + " for beta below " + 2 * rejectedWeight);
    }

    @Override
    public LossTerms loss(Scores.Unpaired scores, State state) {
        Map<String, NDArray> terms = new LinkedHashMap<>(); // scalars
        terms.put("loss/accepted", likelihood(scores.accepted(), -alpha));
        terms.put("loss/rejected", likelihood(scores.rejected(), 1 - alpha));
        terms.put("loss/kl", divergence(scores));
        return LossTerms.sum(terms, diagnostics(scores));
    }

    /** weight · E[S], or weight · E[S/n]. */
    private NDArray likelihood(SequenceScores group, double weight) {
        return group.mean(Kernels.times((lengthNormalize ? group.average() : group.sum()), weight));
    }

    /** β · KL(π_ref‖π_θ): Σ_t KL_t by sequence, or E_ref[R − S] over samples of the reference. */
    private NDArray divergence(Scores.Unpaired scores) {
        return switch (kl) {
            case EXACT -> scores.kl().mean(Kernels.times(perLength(scores.kl(), exactKl(scores.kl())), beta));
            case SAMPLED -> scores.referenceSamples().mean(
                    Kernels.times(perLength(scores.referenceSamples(), scores.referenceSamples().logRatio()), -beta));
            case NONE -> scores.accepted().zero();
        };
    }

    private NDArray perLength(SequenceScores group, NDArray perSequence) {
        return lengthNormalize ? perSequence.div(Kernels.atLeast(group.lengths(), 1)) : perSequence;
    }

    private static NDArray exactKl(SequenceScores group) {
        return group.maskedSum(group.vocabularyKl()); // [n]
    }

    private Map<String, NDArray> diagnostics(Scores.Unpaired scores) {
        Diagnostics all = Diagnostics.unpairedLogRatios(scores);
        if (kl == Kl.EXACT) {
            all.put("kl/forward", exactKl(scores.kl()));
            scores.rejected().optionalReference(Role.REFERENCE)
                    .ifPresent(reference -> all.put("pmpo/unstable_share", unstableShare(scores, reference)));
        }
        return all.build();
    }

    /**
     * The share of a rejected answer's tokens that no finite policy holds: those with β n_r/(n_a+n_r) π_ref(y_t) &lt;
     * 1 − α, if its prefix occurs in this answer only. [n_r]
     */
    private NDArray unstableShare(Scores.Unpaired scores, NDArray reference) {
        SequenceScores rejected = scores.rejected();
        double rejectedPrefixes = (double) rejected.groupSize()
                / Math.max(1, rejected.groupSize() + scores.accepted().groupSize());
        double bound = Math.log(1 - alpha) - Math.log(beta * rejectedPrefixes); // on log π_ref
        return Diagnostics.share(rejected, reference.lt(bound), rejected.mask());
    }
}
