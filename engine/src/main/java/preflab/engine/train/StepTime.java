package preflab.engine.train;

/**
 * How long the optimizer steps of a run take, evaluations and checkpoints left out.
 *
 * @param seconds
 *            of a step whose reference is known
 * @param more
 *            seconds by which a step takes longer while the reference scores its rows for the first time; 0 where there
 *            is nothing to score, or where every step scores anew
 * @param epoch
 *            steps in which every row is seen once
 */
public record StepTime(double seconds, double more, double epoch) {

    /** Seconds of so many steps from the beginning. */
    public double total(int steps) {
        return seconds * steps + more * Math.min(steps, epoch);
    }
}
