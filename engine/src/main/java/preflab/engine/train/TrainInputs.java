package preflab.engine.train;

import java.nio.file.Path;
import java.util.Optional;
import preflab.datasets.example.ExampleView;
import preflab.engine.eval.ReferenceCache;

/**
 * What the names in a {@link RunSpec} resolve to on this machine.
 *
 * @param train
 *            the rows trained on
 * @param evaluation
 *            held-out rows
 * @param model
 *            Hugging Face folder of the initial policy
 * @param reference
 *            Hugging Face folder of the frozen reference; the initial model where the objective needs one and none is
 *            given
 * @param checkpoints
 *            folder that checkpoints are written under, as {@code step-000100}; made if missing
 * @param resumed
 *            where to go on instead of beginning; the model stays the one that the run began with
 * @param cache
 *            keeps the reference's log-probabilities from run to run
 */
public record TrainInputs(ExampleView train, Optional<ExampleView> evaluation, Path model, Optional<Path> reference,
        Path checkpoints, Optional<Checkpoint> resumed, Optional<ReferenceCache> cache) {

    /** For a run from its beginning. */
    public TrainInputs(ExampleView train, Optional<ExampleView> evaluation, Path model, Optional<Path> reference,
            Path checkpoints) {
        this(train, evaluation, model, reference, checkpoints, Optional.empty(), Optional.empty());
    }

    /** The same, going on from a checkpoint. */
    public TrainInputs from(Checkpoint checkpoint) {
        return new TrainInputs(train, evaluation, model, reference, checkpoints, Optional.of(checkpoint), cache);
    }

    /** The same with a cache. */
    public TrainInputs with(ReferenceCache rows) {
        return new TrainInputs(train, evaluation, model, reference, checkpoints, resumed, Optional.of(rows));
    }
}
