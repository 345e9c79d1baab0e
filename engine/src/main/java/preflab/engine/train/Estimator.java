package preflab.engine.train;

import java.util.List;
import preflab.datasets.example.ExampleView;
import preflab.engine.batch.Item;
import preflab.engine.batch.TextTokenizer;
import preflab.engine.model.HfFolder;
import preflab.engine.model.ModelConfig;
import preflab.engine.objective.Scores;
import preflab.engine.param.ParamValues;

/**
 * What a run will need, found out before it is started: memory by counting, which takes as long as tokenising some two
 * thousand rows, and time by measuring, which takes seconds. No weights are read.
 */
public final class Estimator {

    private final RunPlan<?> plan;
    private final TrainInputs inputs;
    private final ModelConfig config;
    private final List<Item> items;
    private final MemoryEstimate.Subject subject;

    private Estimator(RunPlan<?> plan, TrainInputs inputs, ModelConfig config, List<Item> items) {
        this.plan = plan;
        this.inputs = inputs;
        this.config = config;
        this.items = items;
        boolean apart = inputs.reference().filter(folder -> !folder.equals(inputs.model())).isPresent();
        long reference = !plan.needs().frozenModel()
                ? 0
                : apart
                        ? HfFolder.open(inputs.reference().orElseThrow()).config().parameterCount()
                        : config.parameterCount();
        int rows = inputs.train().size();
        this.subject = new MemoryEstimate.Subject(config, reference, apart, plan.needs(),
                RowLengths.of(items, Math.min(rows, RowLengths.LOOKED_AT), rows),
                inputs.evaluation().map(ExampleView::size).orElse(0));
    }

    /**
     * Tokenises some rows of a run.
     *
     * @throws TrainException
     *             if the run cannot be trained
     */
    public static Estimator of(RunSpec spec, TrainInputs inputs) {
        RunPlan<?> plan = RunPlan.of(spec, inputs);
        ModelConfig config = HfFolder.open(inputs.model()).config();
        ExampleView some = RowLengths.some(inputs.train());
        try (TextTokenizer tokenizer = TextTokenizer.load(inputs.model())) {
            List<Item> items = plan.examples(some, Integer.MAX_VALUE, tokenizer,
                    plan.truncation(tokenizer, config.maxPositions())).items();
            if (items.isEmpty()) {
                throw new TrainException("none of the rows of " + inputs.train().version().display()
                        + " that were looked at can be trained on");
            }
            return new Estimator(plan, inputs, config, items);
        }
    }

    public MemoryEstimate memory() {
        return memory(plan.settings());
    }

    /** With other settings, those of the data's lengths left as they were. */
    public MemoryEstimate memory(ParamValues settings) {
        return MemoryEstimate.of(subject, settings);
    }

    /** What would make it smaller, where it does not fit into so many bytes. */
    public List<MemorySaving> savings(ParamValues settings, long free) {
        return MemorySaving.of(subject, settings, free);
    }

    /** Measures; not while memory is short. */
    public StepTime time() {
        return probe(plan).measure();
    }

    private <S extends Scores> TimeProbe<S> probe(RunPlan<S> typed) {
        return new TimeProbe<>(typed, config, items, inputs, inputs.train().size());
    }
}
