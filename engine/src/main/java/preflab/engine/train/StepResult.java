package preflab.engine.train;

import java.util.Map;

/**
 * What one optimizer step found.
 *
 * @param metrics
 *            loss, its terms and the objective's diagnostics, averaged over the step
 * @param tokens
 *            tokens of prompts and completions, without padding
 */
record StepResult(Map<String, Double> metrics, long tokens) {
}
