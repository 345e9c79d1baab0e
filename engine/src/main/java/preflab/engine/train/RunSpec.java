package preflab.engine.train;

import java.util.Optional;
import preflab.datasets.example.DatasetVersionId;
import preflab.engine.param.ParamValues;

/**
 * Everything needed to repeat a run, fully resolved: no default is left to the program that reads it.
 *
 * @param version
 *            of this layout; older ones are migrated when read
 * @param name
 *            for people; not unique
 * @param dataset
 *            the rows trained on
 * @param evaluation
 *            held-out rows for metrics and samples, if any
 * @param model
 *            a Hugging Face folder, {@code builtin:NAME} or {@code run:ID[@STEP]}
 * @param reference
 *            the frozen reference; the initial model where the objective needs one and none is named
 * @param objective
 *            id in the catalogue
 * @param hyper
 *            the objective's hyper-parameters
 * @param settings
 *            all other settings, by the dotted names of {@link TrainSettings}
 */
public record RunSpec(int version, String name, DatasetVersionId dataset, Optional<DatasetVersionId> evaluation,
        String model, Optional<String> reference, String objective, ParamValues hyper, ParamValues settings) {

    /** The layout this program writes. */
    public static final int CURRENT_VERSION = 5;
}
