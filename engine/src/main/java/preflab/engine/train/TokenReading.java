package preflab.engine.train;

/**
 * What a model and its objective say of one token of a completion.
 *
 * @param from
 *            where it begins in its completion's text, in UTF-16 units
 * @param to
 *            where it ends; as {@code from} for the end of sequence
 * @param step
 *            the step that owns it, from 0
 * @param logProb
 *            log π(y_t | x, y_&lt;t)
 * @param reference
 *            the same of the frozen reference; NaN where the objective asked for none or does not see this token
 * @param gradient
 *            dL/d log π(y_t | x, y_&lt;t) of the example's own loss; 0 where the objective does not see this token, NaN
 *            where the row has no gradient at all
 * @param valueLogit
 *            logit of the value head's g_t before this token; NaN without a head
 */
public record TokenReading(int from, int to, int step, float logProb, float reference, float gradient,
        float valueLogit) {
}
