package preflab.projects.score;

import java.util.List;
import java.util.Optional;
import preflab.datasets.example.DatasetVersionId;

/**
 * The first rows of a dataset version as one source reads them, in short; {@link RowScoring#reading} has the tokens.
 *
 * @param withoutGradient
 *            why no row has a gradient, as a sentence; empty where they have
 * @param rows
 *            from the first on, in order
 */
public record RowScores(ScoreSource source, DatasetVersionId dataset, Optional<String> withoutGradient,
        List<RowScore> rows) {
    public RowScores {
        rows = List.copyOf(rows);
    }
}
