package preflab.engine.train;

import ai.djl.ndarray.NDList;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import preflab.engine.batch.Examples;
import preflab.engine.batch.Item;
import preflab.engine.batch.Truncation;
import preflab.engine.eval.BatchScorer;
import preflab.engine.metric.Metrics;
import preflab.engine.metric.ReferenceSavings;
import preflab.engine.model.LoraAdapter;
import preflab.engine.model.SafeTensors;
import preflab.engine.objective.Needs;
import preflab.engine.objective.Scores;
import preflab.engine.param.Param;
import preflab.engine.param.ParamValues;
import preflab.engine.tensor.Machine;

/**
 * The steps of one run, with everything loaded.
 *
 * @param <S>
 *            the shape of data of the objective
 */
final class TrainingLoop<S extends Scores> implements AutoCloseable {

    /** Rows on which the terms of a loss are compared: enough for shares, little beside a step. */
    private static final int SHARES_ROWS = 16;

    private final RunPlan<S> plan;
    private final TrainInputs inputs;
    private final RunListener listener;
    private final StopSignal stop;
    private final RunModels models;
    private final Examples examples;
    private final StepRows rows;
    private final BatchScorer scorer;
    private final CandidateSelection selection;
    private final OnlineCandidates online;
    private final GradientStep<S> gradients;
    private final Optimizer optimizer;
    private final ReferenceUse reference;
    private final FittingMemory memory;
    private final LearningRate learningRate;
    private final Evaluation<S> evaluation;
    private final CheckpointWriter checkpoints;
    private final BestCheckpoint best;
    private final Map<String, Double> last = new LinkedHashMap<>(); // latest value of every metric
    private Map<String, Double> atStep = Map.of(); // metrics of the last optimizer step
    private long stepBefore; // when the step before ended, or the loop began
    private double stepSeconds; // of this start
    private int written = -1; // step of the last checkpoint of this start

    private TrainingLoop(RunPlan<S> plan, TrainInputs inputs, RunModels models, RunListener listener,
            StopSignal stop, SampleCache samples) {
        this.plan = plan;
        this.inputs = inputs;
        this.listener = listener;
        this.stop = stop;
        this.models = models;
        ParamValues settings = plan.settings();
        plan.advice().forEach(advice -> warn("objective_advice", advice));
        Truncation truncation = plan.truncation(models.tokenizer(), models.policy().config().maxPositions());
        this.examples = plan.examples(inputs.train(), Integer.MAX_VALUE, models.tokenizer(), truncation);
        reportRows(truncation);
        ReferenceSampling sampling = new ReferenceSampling(plan, models, truncation.maxLength(), stop,
                inputs.reference().orElse(inputs.model()), samples);
        sampling.report().ifPresent(text -> warn("reference_samples", text));
        this.rows = new StepRows(sampling.added(examples.items()), plan.needs(), perStep(), truncation.maxLength(),
                settings.get(TrainSettings.SEED));
        this.scorer = models.scorer(plan.needs());
        this.reference = new ReferenceUse(models);
        this.selection = new CandidateSelection(plan.objective(), scorer, settings.get(TrainSettings.BATCH_SIZE),
                settings.get(TrainSettings.SEED));
        this.online = new OnlineCandidates(plan, inputs, models, rows, truncation.maxLength(), stop);
        this.gradients = new GradientStep<>(plan.type().scores(), plan.objective().afterSelection(), scorer,
                plan.needs().coupling() == Needs.Coupling.BATCH, settings.get(TrainSettings.BATCH_SIZE));
        this.optimizer = new Optimizer(models.trainable(), models.manager(), settings);
        this.memory = new FittingMemory(gradients, optimizer::clearGradients, listener);
        this.learningRate = LearningRate.of(settings);
        this.evaluation = new Evaluation<>(plan, models, inputs, truncation, sampling, listener, stop);
        this.checkpoints = new CheckpointWriter(inputs.checkpoints(), plan.spec(), models, inputs.model(), optimizer);
        this.best = new BestCheckpoint(settings,
                inputs.resumed().map(from -> from.progress().best()).orElse(Progress.Best.NONE));
        inputs.resumed().ifPresent(this::restore);
    }

    private void restore(Checkpoint from) {
        Progress progress = from.progress();
        optimizer.restore(SafeTensors.open(from.folder().resolve(Checkpoint.OPTIMIZER)));
        gradients.restore(progress.objective());
        online.restore(progress.drawn());
        last.putAll(progress.last());
        atStep = progress.atStep();
    }

    /** Says what the run runs on, loads models, tokenises rows, and warns of what is known to go wrong. */
    static <S extends Scores> TrainingLoop<S> prepare(RunPlan<S> plan, TrainInputs inputs, RunListener listener,
            StopSignal stop, SampleCache samples) {
        Path reference = inputs.reference().orElse(inputs.model());
        boolean referenceUsed = plan.needs().frozenModel();
        listener.on(new RunEvent.Started(Environment.describe(plan.spec(), inputs.model(),
                referenceUsed ? Optional.of(reference) : Optional.empty())));
        RunModels models = RunModels.load(plan.settings(), plan.needs(), inputs);
        try {
            return new TrainingLoop<>(plan, inputs, models, listener, stop, samples);
        } catch (RuntimeException e) {
            models.close();
            throw e;
        }
    }

    private void reportRows(Truncation truncation) {
        examples.refusal(truncation).ifPresent(why -> {
            throw new TrainException(inputs.train().version().display() + " is not trained on: " + why);
        });
        examples.cutReport(truncation).ifPresent(text -> warn("truncated", text));
        examples.nothingLeftReport(truncation).ifPresent(text -> warn("rows_refused", text));
        if (examples.silent() > 0) {
            warn("rows_unused", examples.silent() + " of " + examples.rows() + " rows say nothing to "
                    + plan.type().name() + " and are not used");
        }
        if (examples.items().isEmpty()) {
            throw new TrainException("none of the " + examples.rows() + " rows of "
                    + inputs.train().version().display() + " can be trained on: "
                    + examples.nothingLeftReport(truncation).or(() -> examples.cutReport(truncation))
                            .orElse("they say nothing to " + plan.type().name()));
        }
    }

    private int perStep() {
        ParamValues settings = plan.settings();
        return settings.get(TrainSettings.BATCH_SIZE) * settings.get(TrainSettings.ACCUMULATION);
    }

    /** Said before the first step, and not again by a run that goes on. */
    private void warn(String code, String message) {
        if (inputs.resumed().isEmpty()) {
            listener.on(new RunEvent.Warned(0, code, message));
        }
    }

    /** All steps that are left; {@code progress} hears how many are done. */
    RunEvent.Ended run(IntConsumer progress) {
        stepBefore = System.nanoTime();
        int steps = plan.settings().get(TrainSettings.STEPS);
        int step = inputs.resumed().map(Checkpoint::step).orElse(0);
        progress.accept(step);
        rehearse(step);
        boolean evaluated = inputs.resumed().isPresent() ? takenUp(step) : evaluate(step);
        while (evaluated && step < steps && !best.patienceIsOver() && mayGoOn()) {
            measured(step);
            progress.accept(++step);
            evaluated = afterStep(step, steps);
        }
        if (written != step) {
            checkpoint(step, evaluated);
        }
        reportCache(step);
        reportCost();
        return ended(step, evaluated && step == steps, evaluated && best.patienceIsOver());
    }

    private RunEvent.Ended ended(int step, boolean finished, boolean early) {
        if (early) {
            return new RunEvent.Ended(Outcome.FINISHED, step, "stopped early: " + best.reason(), last);
        }
        return finished
                ? new RunEvent.Ended(Outcome.FINISHED, step, "", last)
                : new RunEvent.Ended(Outcome.STOPPED, step, "stopped on request after step " + step, last);
    }

    private void reportCache(int step) {
        reference.savings().map(ReferenceSavings::metrics).ifPresent(last::putAll);
        reference.words().ifPresent(text -> listener.on(new RunEvent.Warned(step, "reference_cache", text)));
    }

    private void reportCost() {
        last.put(Metrics.STEP_SECONDS, stepSeconds);
        Machine.peakResident().ifPresent(bytes -> last.put(Metrics.PEAK_MEMORY, bytes / (double) (1 << 20)));
    }

    private boolean mayGoOn() {
        stop.awaitGoAhead();
        return !stop.isRequested();
    }

    /** Where a stop cut off the evaluation due after the last step, it is made now. */
    private boolean takenUp(int step) {
        Checkpoint from = inputs.resumed().orElseThrow();
        boolean complete = from.progress().evaluated();
        written = complete ? step : -1;
        if (complete) {
            return true;
        }
        listener.on(new RunEvent.Checkpointed(step, from.folder())); // its first announcement is no longer seen
        if (!atStep.isEmpty()) {
            listener.on(new RunEvent.Measured(step, atStep));
        }
        return evaluate(step);
    }

    /** Whether everything that was due is done: a stop cuts an evaluation off. */
    private boolean afterStep(int done, int steps) {
        boolean due = done == steps || every(TrainSettings.EVALUATE_EVERY, done);
        if (due && !evaluate(done)) {
            return false;
        }
        if (done < steps && every(TrainSettings.CHECKPOINT_EVERY, done)) {
            checkpoint(done, true);
        }
        return true;
    }

    private boolean every(Param.OfInt setting, int done) {
        int period = plan.settings().get(setting);
        return period > 0 && done % period == 0;
    }

    /** One optimizer step. */
    private void measured(int step) {
        long start = System.nanoTime();
        List<Item> items = selection.select(step, online.at(step));
        Map<String, Double> shares = termShares(step, items);
        StepResult result = differentiated(step, items);
        double rate = learningRate.at(step);
        double norm = optimizer.step(rate);
        if (!Double.isFinite(norm)) {
            throw divergence(step, "the gradient of "
                    + optimizer.nonFiniteGradient().orElse("all parameters together") + " is not finite in "
                    + NonFinite.named(items.stream().map(Item::row).distinct().sorted().toList()));
        }
        reference.trained();
        long end = System.nanoTime();
        double seconds = (end - start) / 1e9;
        stepSeconds += seconds;
        Map<String, Double> metrics = new LinkedHashMap<>(result.metrics());
        metrics.putAll(online.metrics());
        metrics.putAll(shares);
        metrics.put(Metrics.GRAD_NORM, norm);
        metrics.put(Metrics.GRAD_CLIPPED, norm > plan.settings().get(TrainSettings.MAX_GRAD_NORM) ? 1.0 : 0.0);
        metrics.put(Metrics.LEARNING_RATE, rate);
        metrics.put(Metrics.EPOCH, (step + 1.0) * perStep() / rows.size());
        metrics.put(Metrics.TOKENS_PER_SECOND, result.tokens() / seconds);
        metrics.put(Metrics.TOKENS, (double) result.tokens());
        metrics.put(Metrics.SECONDS, (end - stepBefore) / 1e9);
        stepBefore = end;
        last.putAll(metrics);
        atStep = Map.copyOf(metrics);
        listener.on(new RunEvent.Measured(step + 1, metrics));
    }

    /** At the first step and those before an evaluation: it costs a pass over a few rows for every term. */
    private Map<String, Double> termShares(int step, List<Item> items) {
        boolean evaluatedNext = step + 1 == plan.settings().get(TrainSettings.STEPS)
                || every(TrainSettings.EVALUATE_EVERY, step + 1);
        if (step > 0 && !evaluatedNext) {
            return Map.of();
        }
        Map<String, Double> shares = new LinkedHashMap<>();
        gradients.termShares(items.subList(0, Math.min(items.size(), SHARES_ROWS)),
                new NDList(List.copyOf(models.trainable().values())))
                .forEach((term, share) -> shares.put(Metrics.GRAD_SHARE
                        + term.substring(term.indexOf('/') + 1), share));
        return shares;
    }

    private StepResult differentiated(int step, List<Item> items) {
        Optional<LoraAdapter> adapter = models.policy().adapter();
        adapter.ifPresent(a -> a.startDropping(31L * plan.settings().get(TrainSettings.SEED) + step));
        try {
            return memory.fitting(step, () -> gradients.accumulate(items));
        } catch (Divergence e) {
            throw divergence(step, e.getMessage());
        } finally {
            adapter.ifPresent(LoraAdapter::stopDropping);
        }
    }

    /** The longest examples first, so that trouble shows before the first step. */
    private void rehearse(int step) {
        List<Item> longest = rows.longest(plan.settings().get(TrainSettings.BATCH_SIZE));
        List<Item> selected = selection.select(step, longest);
        memory.fitting(step, () -> {
            gradients.rehearse(selected);
            return selected;
        });
        optimizer.clearGradients();
    }

    private Divergence divergence(int step, String what) {
        String already = optimizer.nonFiniteParameter()
                .map(name -> "; the weights of " + name + " were not finite before this step").orElse("");
        return new Divergence("step " + (step + 1) + ": " + what + already);
    }

    /** Whether it was made: not if a stop cut it off. */
    private boolean evaluate(int step) {
        Optional<Map<String, Double>> metrics = evaluation.run(step, scorer, gradients.state());
        reference.evaluated();
        metrics.ifPresent(values -> {
            last.putAll(values);
            reference.savings().map(ReferenceSavings::metrics)
                    .ifPresent(spared -> listener.on(new RunEvent.Measured(step, spared)));
            if (best.improved(step, values)) {
                checkpoint(step, true);
            }
        });
        return metrics.isPresent();
    }

    private void checkpoint(int step, boolean evaluated) {
        if (written == step) {
            return;
        }
        Path folder = checkpoints.write(new Progress(step, evaluated, gradients.state(), last, atStep, best.best(),
                online.progress()));
        written = step;
        listener.on(new RunEvent.Checkpointed(step, folder)); // stored when this returns: the older ones may go
        checkpoints.retain(plan.settings().get(TrainSettings.KEEP_LAST), best.best().step());
    }

    @Override
    public void close() {
        models.close();
    }
}
