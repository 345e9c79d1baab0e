package preflab.app.label;

import java.util.Optional;
import java.util.OptionalDouble;
import preflab.datasets.example.StepLabel;
import preflab.datasets.label.Suggestion;

/**
 * What the window shows of one step.
 *
 * @param verdict
 *            as it stands: this annotator's, or else the one in the data
 * @param mine
 *            whether this annotator gave it
 * @param q
 *            value in [−1, 1], where known
 * @param suggestion
 *            what a model would say; never beside a verdict of one's own
 */
record StepLine(String text, StepLabel verdict, boolean mine, OptionalDouble q, Optional<Suggestion> suggestion) {
}
