package preflab.engine.eval;

import java.util.Optional;

/**
 * A completion the policy gave to a row's prompt.
 *
 * @param row
 *            of the dataset version
 * @param expected
 *            the right final answer, where the row tells
 * @param correct
 *            whether the completion ends in it, where the row tells
 */
public record Answer(int row, String prompt, String completion, Optional<String> expected, Optional<Boolean> correct) {
}
