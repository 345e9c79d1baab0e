package preflab.projects.score;

/**
 * One completion of a row in short.
 *
 * @param name
 *            see {@link preflab.engine.batch.RowSide}
 * @param sum
 *            log π(y | x) in nats, the end of sequence included; NaN where it could not be read
 * @param tokens
 *            of the completion
 * @param pull
 *            Σ_t |dL/d log π(y_t)| under the run's objective; NaN where there is none
 */
public record SideScore(String name, double sum, int tokens, double pull) {
}
