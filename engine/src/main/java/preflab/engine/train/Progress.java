package preflab.engine.train;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import preflab.engine.objective.State;

/**
 * Where a run stands between two steps: with the weights and the optimizer's state all that it takes to go on as if it
 * had never stopped. The schedule, the order of the rows and all that is drawn are functions of seed and step.
 *
 * @param step
 *            optimizer steps done
 * @param evaluated
 *            whether an evaluation that is due after this step is done
 * @param objective
 *            the objective's running quantities
 * @param last
 *            the latest value of every metric
 * @param atStep
 *            the metrics of the last step itself; empty before the first
 * @param best
 *            the best evaluation so far
 * @param drawn
 *            completions of the policy's own that are still trained on; a missing node where none are
 */
record Progress(int step, boolean evaluated, State objective, Map<String, Double> last, Map<String, Double> atStep,
        Best best, JsonNode drawn) {

    Progress {
        last = Map.copyOf(last);
        atStep = Map.copyOf(atStep);
    }

    /**
     * The best evaluation so far.
     *
     * @param step
     *            −1 before the first
     * @param waited
     *            evaluations since then
     */
    record Best(int step, double value, int waited) {
        static final Best NONE = new Best(-1, Double.NaN, 0);
    }
}
