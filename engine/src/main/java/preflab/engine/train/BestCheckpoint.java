package preflab.engine.train;

import java.util.Map;
import preflab.engine.metric.Metrics;
import preflab.engine.param.ParamValues;

/** Follows the validation metric that a run is judged by: which evaluation was best, and when to give up. */
final class BestCheckpoint {

    /** Switches it off. */
    static final String NONE = "none";

    private final String metric;
    private final int patience; // evaluations; 0 never gives up
    private Progress.Best best;

    BestCheckpoint(ParamValues settings, Progress.Best best) {
        this.metric = settings.get(TrainSettings.BEST_BY);
        this.patience = settings.get(TrainSettings.PATIENCE);
        this.best = best;
        if (patience > 0 && metric.equals(NONE)) {
            throw new TrainException(TrainSettings.PATIENCE.id() + " needs a metric to be patient about: set "
                    + TrainSettings.BEST_BY.id() + " to one of " + TrainSettings.BEST_BY.choices());
        }
    }

    /**
     * Hears the metrics of an evaluation.
     *
     * @return whether it is the best so far; false where nothing is followed
     * @throws TrainException
     *             if the metric is not among them
     */
    boolean improved(int step, Map<String, Double> metrics) {
        if (metric.equals(NONE)) {
            return false;
        }
        Double value = metrics.get(metric);
        if (value == null) {
            throw new TrainException(TrainSettings.BEST_BY.id() + " = " + metric
                    + " is not measured in this run: it takes held-out rows (--evaluation) that "
                    + (metric.equals(Metrics.EVAL_ACCURACY) ? "end in a final answer" : "the objective can read"));
        }
        boolean better = best.step() < 0 || Double.isNaN(best.value())
                || (metric.equals(Metrics.EVAL + Metrics.LOSS) ? value < best.value() : value > best.value());
        best = better
                ? new Progress.Best(step, value, 0)
                : new Progress.Best(best.step(), best.value(),
                        best.waited() + 1);
        return better;
    }

    Progress.Best best() {
        return best;
    }

    boolean patienceIsOver() {
        return patience > 0 && best.waited() >= patience;
    }

    /** Why a run ends before its last step. */
    String reason() {
        return metric + " has not improved for " + best.waited() + " evaluations; the best was " + best.value()
                + " after step " + best.step() + " (run:ID@" + best.step() + ")";
    }
}
