package preflab.app.compare;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import preflab.datasets.example.DatasetVersionId;
import preflab.engine.train.RowReading;
import preflab.projects.compare.ExampleRow;
import preflab.projects.compare.WordDiff;
import preflab.projects.score.StepValue;

/**
 * One example with all that is shown of it.
 *
 * @param runs
 *            names of the runs that the answers belong to
 * @param against
 *            the run with whose answer the others are compared: the baseline, or the first that answered; empty for none
 * @param differences
 *            of each run's answer against that one's, in their order; empty for no answer
 * @param readings
 *            token by token, by source; sources that have not read it are missing
 */
record ExampleDetail(DatasetVersionId dataset, ExampleRow row, List<String> runs, String against,
        List<Optional<List<WordDiff.Piece>>> differences, Map<ExampleSource, RowReading> readings,
        Map<ExampleSource, List<StepValue>> steps) {

    /** The largest |dL/dlogp| of any token; 0 where there is none. */
    double strongest() {
        return readings.values().stream().flatMap(reading -> reading.sides().stream())
                .flatMap(side -> side.tokens().stream()).mapToDouble(token -> Math.abs(token.gradient()))
                .filter(Double::isFinite).max().orElse(0);
    }
}
