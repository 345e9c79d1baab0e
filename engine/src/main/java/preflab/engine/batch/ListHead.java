package preflab.engine.batch;

import java.util.List;

/**
 * What the first sequence of a list of candidates (the preferred completion, or where none stands apart, the first
 * candidate) knows about the list.
 *
 * @param candidates
 *            how many there are
 * @param selected
 *            whether these candidates have been selected as negatives
 * @param preferredSelected
 *            whether the preferred completion was selected beside them
 * @param uniforms
 *            numbers in (0, 1) for a sampler, the first for the preferred completion; empty if none were drawn
 */
public record ListHead(int candidates, boolean selected, boolean preferredSelected, List<Double> uniforms) {

    public ListHead {
        uniforms = List.copyOf(uniforms);
    }

    public static ListHead of(int candidates) {
        return new ListHead(candidates, false, false, List.of());
    }
}
