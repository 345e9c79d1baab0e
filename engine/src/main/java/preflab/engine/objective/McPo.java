package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import preflab.datasets.example.Kind;
import preflab.engine.param.Param;
import preflab.engine.param.ParamValues;
import preflab.engine.param.Params;
import preflab.engine.tensor.Kernels;

/**
 * Monte-Carlo preference optimisation: the preferred completion against negatives sampled under the current policy.
 * With uniformly random negatives this is RNCE.
 */
public record McPo(double beta, Sampler sampler, int negatives, boolean includePositive, int onlineSegments,
        int onlineCompletions) implements Objective<Scores.Candidates> {

    /** Stands for the preferred completion among selected candidates. */
    public static final int PREFERRED = -1;

    /** How negatives are chosen among the candidates. */
    public enum Sampler {
        /** With weights softmax(β h), without replacement. */
        MC,
        /** The hardest. */
        MAX,
        /** The easiest. */
        MIN,
        /** Uniformly, without replacement. */
        RANDOM,
        /** Every one. */
        ALL,
        /** As chosen by the caller. */
        GIVEN
    }

    static final Param.OfDouble BETA = Common.beta(0.1);
    static final Param.OfChoice SAMPLER = Params.choice("sampler", "Negatives", Sampler.MC,
            "mc: by softmax(β h) under the current policy; max: hardest; min: easiest; random: RNCE; all; given.");
    static final Param.OfInt NEGATIVES = Params.count("num_negatives", "Number of negatives", 1, 1, 1024,
            "How many candidates stand against the preferred completion; unused by all and given.");
    static final Param.OfBoolean INCLUDE_POSITIVE = Params.flag("include_positive", "Literal kernel", false,
            "Lets mc draw the preferred completion itself, as Algorithm 1 reads literally; it then teaches nothing.");

    static final Param.OfInt ONLINE_SEGMENTS = Params.count("online_segments", "Online segments", 0, 0, 10_000,
            "OnMC-PO: at the start of each of so many parts of the run, candidates are drawn from the current policy and "
                    + "judged by their final answer; 0 keeps the data's candidates.");
    static final Param.OfInt ONLINE_COMPLETIONS = Params.count("online_completions", "Own completions", 6, 2, 1024,
            "How many are drawn per prompt, at temperatures 0.6, 0.8 and 1.0 in turn.");

    public static final ObjectiveType<Scores.Candidates> TYPE = ObjectiveType
            .named("mcpo", "MC-PO", Scores.Candidates.class).aliases("mc_po", "onmcpo")
            .summary("Tell the preferred completion from negatives that the current policy finds hard.")
            .use("Many candidates per prompt: the hardest under the current policy teach most.",
                    "There is one rejected answer per prompt: it is DPO then, at more cost.")
            .citation("Z. Chen, F. Liu, X. Zhu, H. Wang, Y. Qi, M. Ghavamzadeh",
                    "Preference Optimization via Contrastive Divergence: Your Reward Model is Secretly an "
                            + "NLL Estimator",
                    "arXiv", 2025, "https://arxiv.org/abs/2502.04567", "eq. 7, Algorithm 1")
            .formula("-\\beta h_0+\\log\\left(e^{\\beta h_0}+\\sum_{i=1}^{M}e^{\\beta h_i}\\right)",
                    "-beta h_0 + logsumexp(beta h_0, {beta h_i : i selected})")
            .needs(McPo::needs)
            .params(BETA, SAMPLER, NEGATIVES, INCLUDE_POSITIVE, ONLINE_SEGMENTS, ONLINE_COMPLETIONS)
            .reward(Common.DPO_REWARD)
            .departures(
                    "Negatives are drawn from the dispreferred candidates only, as in the paper's experiments; Algorithm 1 "
                            + "read literally may draw the preferred one (include_positive). Several are drawn without replacement, "
                            + "which the paper leaves open. Online (OnMC-PO, online_segments), the judge compares final answers with "
                            + "that of the best completion in the data; prompts whose own completions are all right or all wrong keep "
                            + "the data's candidates.")
            .make(values -> new McPo(values.get(BETA), values.get(SAMPLER, Sampler.class), values.get(NEGATIVES),
                    values.get(INCLUDE_POSITIVE), values.get(ONLINE_SEGMENTS), values.get(ONLINE_COMPLETIONS)));

    private static Needs needs(ParamValues values) {
        Needs needs = Needs.withReference(Kind.RANKED).andBestApart();
        return values.get(SAMPLER, Sampler.class) == Sampler.GIVEN
                ? needs.notYet(
                        "with sampler = given somebody else must choose the negatives; use mc, max, min, random or all")
                : needs;
    }

    @Override
    public LossTerms loss(Scores.Candidates scores, State state) {
        CandidateLists lists = scores.lists();
        NDArray preferred = Kernels.times(scores.chosen().logRatio(), beta); // [N]
        NDArray candidates = lists.lists(Kernels.times(scores.candidates().logRatio(), beta), Double.NEGATIVE_INFINITY); // [N,K]
        NDArray perPrompt = Kernels.logSumExp(competitors(preferred, candidates, select(scores))).sub(preferred); // [N]
        NDArray hardest = scores.chosen().isEmpty() ? preferred : candidates.max(new int[]{1}); // [N]
        return LossTerms.of(scores.chosen().mean(perPrompt), Diagnostics.none().matched(preferred, hardest)
                .put("logps/chosen", scores.chosen().sum()).build());
    }

    /** β h of the preferred completion, of it again where it was drawn, and of the selected candidates: [N,2+K]. */
    private static NDArray competitors(NDArray preferred, NDArray candidates, List<int[]> selected) {
        int count = Math.toIntExact(candidates.getShape().get(1));
        boolean[] taken = new boolean[selected.size() * (count + 1)];
        for (int i = 0; i < selected.size(); i++) {
            for (int k : selected.get(i)) {
                taken[i * (count + 1) + k - PREFERRED] = true;
            }
        }
        NDArray mask = preferred.getManager().create(taken, new Shape(selected.size(), count + 1));
        NDArray column = preferred.expandDims(1);
        NDArray all = column.concat(candidates, 1);
        return column.concat(Kernels.select(mask, all, Kernels.times(all.onesLike(), Double.NEGATIVE_INFINITY)), 1);
    }

    /**
     * The candidates that stand against the preferred completion of each prompt, in order of selection; without
     * gradient. A trainer may select first and score only these with a graph, then pass them as given to
     * {@link #afterSelection()}.
     */
    public List<int[]> select(Scores.Candidates scores) {
        CandidateLists lists = scores.lists();
        if (sampler == Sampler.GIVEN) {
            return lists.selected();
        }
        if (!selectsByScore()) {
            return select(lists);
        }
        List<double[]> ratios = lists.split(host(scores.candidates()));
        double[] preferred = host(scores.chosen());
        return IntStream.range(0, lists.size()).mapToObj(i -> select(ratios.get(i), preferred[i], i, lists)).toList();
    }

    /** Whether the choice depends on the policy; else {@link #select(CandidateLists)} makes it without any scoring. */
    public boolean selectsByScore() {
        return sampler == Sampler.MC || sampler == Sampler.MAX || sampler == Sampler.MIN;
    }

    /**
     * The candidates that stand against the preferred completion where that does not depend on the policy.
     *
     * @throws IllegalStateException
     *             if it does
     */
    public List<int[]> select(CandidateLists lists) {
        if (selectsByScore()) {
            throw new IllegalStateException("sampler " + sampler + " chooses by the policy's scores");
        }
        return IntStream.range(0, lists.size())
                .mapToObj(i -> select(new double[lists.counts().get(i)], 0, i, lists)).toList();
    }

    @Override
    public Objective<Scores.Candidates> afterSelection() {
        return new McPo(beta, Sampler.GIVEN, negatives, includePositive, onlineSegments, onlineCompletions);
    }

    private static double[] host(SequenceScores sequences) {
        return sequences.logRatio().stopGradient().toType(DataType.FLOAT64, false).toDoubleArray();
    }

    private int[] select(double[] candidates, double preferred, int prompt, CandidateLists lists) {
        return switch (sampler) {
            case MAX -> CandidateSampler.highest(candidates, negatives);
            case MIN -> CandidateSampler.lowest(candidates, negatives);
            case ALL -> IntStream.range(0, candidates.length).toArray();
            case GIVEN -> lists.selected().get(prompt);
            case RANDOM -> drawn(candidates, 0, uniforms(lists, prompt));
            case MC -> includePositive
                    ? literal(candidates, preferred, uniforms(lists, prompt))
                    : drawn(candidates, beta, uniforms(lists, prompt));
        };
    }

    private int[] drawn(double[] candidates, double strength, double[] uniforms) {
        double[] own = Arrays.copyOfRange(uniforms, 1, 1 + candidates.length);
        return CandidateSampler.categorical(candidates, strength, own, negatives);
    }

    private int[] literal(double[] candidates, double preferred, double[] uniforms) {
        double[] all = new double[candidates.length + 1];
        all[0] = preferred;
        System.arraycopy(candidates, 0, all, 1, candidates.length);
        int[] drawn = CandidateSampler.categorical(all, beta, uniforms, negatives);
        return Arrays.stream(drawn).map(i -> i + PREFERRED).toArray();
    }

    private static double[] uniforms(CandidateLists lists, int prompt) {
        if (lists.uniforms().isEmpty()) {
            throw new IllegalStateException("a random sampler needs given uniforms");
        }
        return lists.uniforms().get(prompt);
    }
}
