package preflab.engine.train;

import java.util.List;
import java.util.Optional;

/**
 * One completion of a row as a model reads it.
 *
 * @param name
 *            which completion: see {@link preflab.engine.batch.RowSide}
 * @param text
 *            as the model reads it
 * @param tokens
 *            of the completion, the end of sequence included
 * @param problem
 *            why there are no tokens, as a sentence; empty where there are
 */
public record SideReading(String name, String text, List<TokenReading> tokens, Optional<String> problem) {
    public SideReading {
        tokens = List.copyOf(tokens);
    }

    /** log π(y | x), of the end of sequence too; NaN where nothing could be read. */
    public double sum() {
        return problem.isPresent() ? Double.NaN : tokens.stream().mapToDouble(TokenReading::logProb).sum();
    }

    /** Σ_t |dL/d log π(y_t)|: how hard the objective pulls here; NaN where the row has no gradient. */
    public double pull() {
        return problem.isPresent() ? Double.NaN : tokens.stream().mapToDouble(t -> Math.abs(t.gradient())).sum();
    }
}
