package preflab.projects.compare;

import java.util.List;
import java.util.Optional;
import preflab.engine.train.Sample;

/**
 * What the runs answered to the same prompt.
 *
 * @param before
 *            the answer before training, where all runs start from the same model
 * @param answers
 *            last answers in the order of the runs; empty where a run has none to this prompt
 */
public record SideBySide(int row, String prompt, Optional<String> expected, Optional<Sample> before,
        List<Optional<Sample>> answers) {
    public SideBySide {
        answers = List.copyOf(answers);
    }
}
