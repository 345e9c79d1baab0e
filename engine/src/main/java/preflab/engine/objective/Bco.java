package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import java.util.LinkedHashMap;
import java.util.Map;
import preflab.datasets.example.Kind;
import preflab.engine.param.Param;
import preflab.engine.param.ParamValues;
import preflab.engine.param.Params;
import preflab.engine.tensor.Kernels;

/** Binary classifier optimisation: logistic regression of accepted against rejected around a running reference point. */
public record Bco(double beta, double delta, double momentum) implements Objective<Scores.Unpaired> {

    private static final String SUM = "delta_sum";
    private static final String WEIGHT = "delta_weight";

    static final Param.OfDouble BETA = Common.beta(0.1);
    static final Param.OfDouble DELTA = Params.real("delta", "δ", "Reference point", 0,
            "A fixed reward, or batch: the mean of the accepted and the rejected mean reward, averaged over steps.")
            .automatic("batch");
    static final Param.OfDouble MOMENTUM = Params.below("delta_momentum", "m", "Memory of δ", 0.9, 0, 1,
            "How much of the average over past steps δ keeps; 0 uses the batch alone.");

    public static final ObjectiveType<Scores.Unpaired> TYPE = ObjectiveType.named("bco", "BCO", Scores.Unpaired.class)
            .summary("Classify accepted against rejected by their rewards, centred on a running mean.")
            .use("As for KTO, where a running reward threshold works better than a KL estimate.",
                    "Accepted and rejected prompts come from different distributions and no correction is made.")
            .citation("S. Jung, G. Han, D. W. Nam, K.-W. On",
                    "Binary Classifier Optimization for Large Language Model Alignment", "ACL", 2025,
                    "https://arxiv.org/abs/2404.04656", "")
            .formula("-\\mathbb{E}_a\\log\\sigma(\\beta h-\\delta)-\\mathbb{E}_r\\log\\sigma(-(\\beta h-\\delta))",
                    "-mean_acc ls(beta h - delta) - mean_rej ls(-(beta h - delta))")
            .needs(Bco::needs).params(BETA, DELTA, MOMENTUM).reward(Common.DPO_REWARD)
            .departures(
                    "Each set by its own mean; other programs average over both together, half of this for equal counts. "
                            + "The running average is corrected for its start (divided by 1 - m^steps), so that the first step "
                            + "uses the first batch. Density-ratio weighting is left out.")
            .make(values -> new Bco(values.get(BETA), values.get(DELTA), values.get(MOMENTUM)));

    private static Needs needs(ParamValues values) {
        Needs needs = Needs.withReference(Kind.UNPAIRED, Kind.PAIRED, Kind.STEPWISE);
        return Double.isNaN(values.get(DELTA)) ? needs.wholeBatch() : needs;
    }

    @Override
    public LossTerms loss(Scores.Unpaired scores, State state) {
        NDArray accepted = Kernels.times(scores.accepted().logRatio(), beta); // [n_a]
        NDArray rejected = Kernels.times(scores.rejected().logRatio(), beta); // [n_r]
        State next = Double.isNaN(delta) ? average(state, batchDelta(scores, accepted, rejected)) : state;
        double point = Double.isNaN(delta) ? next.values().get(SUM) / next.values().get(WEIGHT) : delta;
        Map<String, NDArray> terms = new LinkedHashMap<>(); // scalars
        terms.put("loss/accepted", scores.accepted().mean(Logistic.loss(accepted.sub(point))));
        terms.put("loss/rejected", scores.rejected().mean(Logistic.loss(rejected.sub(point).neg())));
        return LossTerms.sum(terms, Diagnostics.unpaired(scores, accepted, rejected).build(), next);
    }

    private static double batchDelta(Scores.Unpaired scores, NDArray accepted, NDArray rejected) {
        NDArray both = scores.accepted().mean(accepted).add(scores.rejected().mean(rejected)).stopGradient();
        return both.toType(DataType.FLOAT64, false).getDouble() / 2;
    }

    private State average(State before, double batch) {
        double sum = momentum * before.values().getOrDefault(SUM, 0.0) + (1 - momentum) * batch;
        double weight = momentum * before.values().getOrDefault(WEIGHT, 0.0) + (1 - momentum);
        return new State(Map.of(SUM, sum, WEIGHT, weight));
    }
}
