package preflab.engine.eval;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import preflab.engine.metric.MetricAverages;
import preflab.engine.metric.Metrics;
import preflab.engine.objective.LossTerms;
import preflab.engine.objective.State;
import preflab.engine.tensor.Kernels;

/** The numbers of one {@link LossTerms}, brought to Java in a single transfer. */
public final class LossReading {

    private final double loss;
    private final Map<String, Double> terms;
    private final Map<String, double[]> diagnostics;
    private final State next;

    private LossReading(double loss, Map<String, Double> terms, Map<String, double[]> diagnostics, State next) {
        this.loss = loss;
        this.terms = terms;
        this.diagnostics = diagnostics;
        this.next = next;
    }

    public static LossReading of(LossTerms from) {
        NDList flat = new NDList(flat(from.loss()));
        from.terms().values().forEach(term -> flat.add(flat(term)));
        from.diagnostics().values().forEach(values -> flat.add(flat(values)));
        double[] all = Kernels.concat(flat).toType(DataType.FLOAT64, false).toDoubleArray();
        int at = 1;
        Map<String, Double> terms = new LinkedHashMap<>();
        for (String name : from.terms().keySet()) {
            terms.put(name, all[at++]);
        }
        Map<String, double[]> diagnostics = new LinkedHashMap<>();
        for (Map.Entry<String, NDArray> entry : from.diagnostics().entrySet()) {
            int end = at + (int) entry.getValue().size();
            diagnostics.put(entry.getKey(), Arrays.copyOfRange(all, at, end));
            at = end;
        }
        return new LossReading(all[0], terms, diagnostics, from.next());
    }

    private static NDArray flat(NDArray array) {
        return array.stopGradient().toType(DataType.FLOAT32, false).reshape(-1);
    }

    public double loss() {
        return loss;
    }

    /** The objective's running quantities after this. */
    public State next() {
        return next;
    }

    /** Adds the loss and its terms as shares, and the diagnostics as values of a mean. */
    public void addTo(MetricAverages averages) {
        averages.addShare(Metrics.LOSS, loss);
        if (terms.size() > 1) {
            terms.forEach(averages::addShare);
        }
        diagnostics.forEach((key, values) -> averages.add(key, Arrays.stream(values).sum(), values.length));
    }
}
