package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/**
 * What a loss gives back.
 *
 * @param loss
 *            the scalar that is minimised
 * @param terms
 *            named scalars that add up to the loss; one entry, {@code loss}, for a loss of one term, else
 *            {@code loss/NAME} each
 * @param diagnostics
 *            named per-sequence values [n], detached; the trainer logs their mean over the optimizer step
 * @param next
 *            the state for the next step
 */
public record LossTerms(NDArray loss, Map<String, NDArray> terms, Map<String, NDArray> diagnostics, State next) {

    /** A loss of one term without running quantities. */
    public static LossTerms of(NDArray loss, Map<String, NDArray> diagnostics) {
        return new LossTerms(loss, Map.of("loss", loss), diagnostics, State.EMPTY);
    }

    /** A loss of several terms, without running quantities. */
    public static LossTerms sum(Map<String, NDArray> terms, Map<String, NDArray> diagnostics) {
        return sum(terms, diagnostics, State.EMPTY);
    }

    /** A loss of several terms. */
    public static LossTerms sum(Map<String, NDArray> terms, Map<String, NDArray> diagnostics, State next) {
        NDArray loss = terms.values().stream().reduce(NDArray::add).orElseThrow();
        return new LossTerms(loss, terms, diagnostics, next);
    }
}
