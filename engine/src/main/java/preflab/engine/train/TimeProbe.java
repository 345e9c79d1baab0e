package preflab.engine.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import preflab.engine.batch.Item;
import preflab.engine.eval.ReferenceCache;
import preflab.engine.model.ModelConfig;
import preflab.engine.objective.Needs;
import preflab.engine.objective.Scores;
import preflab.engine.param.ParamValues;

/**
 * Measures what a step of a run costs, on the run's own rows and settings, with a model of its widths whose weights are
 * all zero: speed does not depend on them. Of a deep model two shallow ones are measured and the rest is their
 * difference times the layers left.
 *
 * @param <S>
 *            the shape of data of the objective
 */
final class TimeProbe<S extends Scores> {

    /** Up to so many layers, or numbers in all, the model is measured whole. */
    private static final int FEW_LAYERS = 6;
    private static final long FEW_NUMBERS = 30_000_000;
    private static final int SHALLOW = 2;
    private static final int DEEPER = 4;

    /** Enough to average over rows of different lengths, and never long. */
    private static final int MOST_STEPS = 6;
    private static final double ENOUGH_SECONDS = 1.5;

    private final RunPlan<S> plan;
    private final ModelConfig config;
    private final List<Item> items;
    private final TrainInputs inputs;
    private final int rows;

    /**
     * For a run.
     *
     * @param items
     *            some of its examples
     * @param rows
     *            how many rows there are
     */
    TimeProbe(RunPlan<S> plan, ModelConfig config, List<Item> items, TrainInputs inputs, int rows) {
        this.plan = plan;
        this.config = config;
        this.items = items;
        this.inputs = inputs.with(new Overlay(inputs.cache()));
        this.rows = rows;
    }

    /** Takes a few seconds and less memory than the run. */
    StepTime measure() {
        double epoch = (double) rows / perStep();
        if (config.layers() <= FEW_LAYERS || config.parameterCount() <= FEW_NUMBERS) {
            Pair all = measure(config.layers());
            return new StepTime(all.again(), all.first() - all.again(), epoch);
        }
        Pair few = measure(SHALLOW);
        Pair more = measure(DEEPER);
        double depth = (config.layers() - SHALLOW) / (double) (DEEPER - SHALLOW);
        double first = few.first() + depth * (more.first() - few.first());
        double again = few.again() + depth * (more.again() - few.again());
        return new StepTime(again, first - again, epoch);
    }

    /** Seconds of a step on rows seen for the first time, and on rows seen before. */
    private record Pair(double first, double again) {
    }

    private int perStep() {
        return plan.settings().get(TrainSettings.BATCH_SIZE) * plan.settings().get(TrainSettings.ACCUMULATION);
    }

    private Pair measure(int layers) {
        ParamValues settings = plan.settings();
        try (RunModels models = RunModels.blank(settings, plan.needs(), inputs, config.withLayers(layers))) {
            StepRows order = new StepRows(items, plan.needs(), perStep(), settings.get(TrainSettings.MAX_LENGTH),
                    settings.get(TrainSettings.SEED));
            GradientStep<S> gradients = new GradientStep<>(plan.type().scores(), plan.objective().afterSelection(),
                    models.scorer(plan.needs()), plan.needs().coupling() == Needs.Coupling.BATCH,
                    settings.get(TrainSettings.BATCH_SIZE));
            CandidateSelection selection = new CandidateSelection(plan.objective(), models.scorer(plan.needs()),
                    settings.get(TrainSettings.BATCH_SIZE), settings.get(TrainSettings.SEED));
            Optimizer optimizer = new Optimizer(models.trainable(), models.manager(), settings);
            return timed(step -> {
                gradients.accumulate(selection.select(step, order.at(step)));
                optimizer.step(0);
            }, models.cachedReference().isPresent());
        }
    }

    @FunctionalInterface
    private interface Step {
        void take(int step);
    }

    /** The first step warms up, and counts as one on known rows only. */
    private static Pair timed(Step work, boolean cached) {
        seconds(work, 0);
        List<Double> first = new ArrayList<>();
        List<Double> again = new ArrayList<>();
        double spent = 0;
        for (int step = 1; step <= MOST_STEPS && (spent < ENOUGH_SECONDS || step <= 2); step++) {
            first.add(seconds(work, step));
            if (cached) {
                again.add(seconds(work, step));
            }
            spent += first.getLast() + (cached ? again.getLast() : 0);
        }
        double mean = mean(first);
        return new Pair(mean, cached ? Math.min(mean, mean(again)) : mean);
    }

    private static double seconds(Step work, int step) {
        long start = System.nanoTime();
        work.take(step);
        return (System.nanoTime() - start) / 1e9;
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }

    /** Finds what the project has kept, and keeps what the probe computes, which is of no use to anybody, to itself. */
    private static final class Overlay implements ReferenceCache {
        private final Optional<ReferenceCache> below;
        private final Map<Key, Entry> own = new HashMap<>();

        Overlay(Optional<ReferenceCache> below) {
            this.below = below;
        }

        @Override
        public Optional<Entry> find(Key key) {
            return Optional.ofNullable(own.get(key)).or(() -> below.flatMap(cache -> cache.find(key)));
        }

        @Override
        public void keep(Key key, Entry entry) {
            own.put(key, entry);
        }
    }
}
