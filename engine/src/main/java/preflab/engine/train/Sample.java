package preflab.engine.train;

import java.util.Optional;

/**
 * One generated completion.
 *
 * @param row
 *            the row of the evaluation set its prompt comes from, counted from 0
 * @param expected
 *            the right final answer, where the data has one
 * @param correct
 *            whether the completion's final answer equals it
 */
public record Sample(int row, String prompt, String completion, Optional<String> expected, Optional<Boolean> correct) {
}
