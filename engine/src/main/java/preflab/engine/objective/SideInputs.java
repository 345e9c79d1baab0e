package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/**
 * What belongs to a batch besides its groups of sequences.
 *
 * @param pairNumbers
 *            [n] each, one number per pair
 * @param candidates
 *            how the sequences of the group of candidates (or of reference samples) fall into lists
 */
public record SideInputs(Map<PairNumber, NDArray> pairNumbers, CandidateLists candidates) {
    public static final SideInputs NONE = new SideInputs(Map.of(), CandidateLists.NONE);
}
