package preflab.engine.train;

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
import preflab.engine.objective.Needs;
import preflab.engine.objective.Scores;
import preflab.engine.param.Param;
import preflab.engine.param.ParamValues;

/**
 * The steps of one run, with everything loaded.
 *
 * @param <S>
 *            the shape of data of the objective
 */
final class TrainingLoop<S extends Scores> implements AutoCloseable {

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
    private final LearningRate learningRate;
    private final Evaluation<S> evaluation;
    private final Map<String, Double> last = new LinkedHashMap<>(); // latest value of every metric

    private TrainingLoop(RunPlan<S> plan, TrainInputs inputs, RunModels models, RunListener listener,
            StopSignal stop, SampleCache samples) {
        this.plan = plan;
        this.inputs = inputs;
        this.listener = listener;
        this.stop = stop;
        this.models = models;
        ParamValues settings = plan.settings();
        Truncation truncation = plan.truncation(models.tokenizer(), models.policy().config().maxPositions());
        this.examples = plan.examples(inputs.train(), Integer.MAX_VALUE, models.tokenizer(), truncation);
        reportRows(truncation);
        ReferenceSampling sampling = new ReferenceSampling(plan, models, truncation.maxLength(), stop,
                inputs.reference().orElse(inputs.model()), samples);
        sampling.report().ifPresent(text -> warn("reference_samples", text));
        this.rows = new StepRows(sampling.added(examples.items()), plan.needs(), perStep(), truncation.maxLength(),
                settings.get(TrainSettings.SEED));
        this.scorer = models.scorer(plan.needs());
        this.selection = new CandidateSelection(plan.objective(), scorer, settings.get(TrainSettings.BATCH_SIZE),
                settings.get(TrainSettings.SEED));
        this.online = new OnlineCandidates(plan, inputs, models, rows, truncation.maxLength(), stop);
        this.gradients = new GradientStep<>(plan.type().scores(), plan.objective().afterSelection(), scorer,
                plan.needs().coupling() == Needs.Coupling.BATCH, settings.get(TrainSettings.BATCH_SIZE));
        this.optimizer = new Optimizer(models.trainable(), models.manager(), settings);
        this.learningRate = LearningRate.of(settings);
        this.evaluation = new Evaluation<>(plan, models, inputs, truncation, sampling, listener, stop);
    }

    /** Says what the run runs on, loads models, tokenises rows, and warns of what is known to go wrong. */
    static <S extends Scores> TrainingLoop<S> prepare(RunPlan<S> plan, TrainInputs inputs, RunListener listener,
            StopSignal stop, SampleCache samples) {
        Path reference = inputs.reference().orElse(inputs.model());
        boolean referenceUsed = plan.needs().frozenModel();
        listener.on(new RunEvent.Started(Environment.describe(plan.spec(), inputs.model(),
                referenceUsed ? Optional.of(reference) : Optional.empty())));
        plan.advice().forEach(advice -> listener.on(new RunEvent.Warned(0, "objective_advice", advice)));
        RunModels models = RunModels.load(plan.settings(), plan.needs(), inputs.model(), reference);
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

    private void warn(String code, String message) {
        listener.on(new RunEvent.Warned(0, code, message));
    }

    /** All steps; {@code progress} hears how many are done. */
    RunEvent.Ended run(IntConsumer progress) {
        int steps = plan.settings().get(TrainSettings.STEPS);
        evaluate(0);
        int step = 0;
        while (step < steps && !stop.isRequested()) {
            measured(step);
            progress.accept(++step);
            afterStep(step, steps);
        }
        boolean finished = step == steps;
        if (finished) {
            evaluate(step);
        }
        checkpoint(step);
        return finished
                ? new RunEvent.Ended(Outcome.FINISHED, step, "", last)
                : new RunEvent.Ended(Outcome.STOPPED, step, "stopped on request after step " + step, last);
    }

    private void afterStep(int done, int steps) {
        if (done < steps && every(TrainSettings.EVALUATE_EVERY, done) && !stop.isRequested()) {
            evaluate(done);
        }
        if (done < steps && every(TrainSettings.CHECKPOINT_EVERY, done) && !stop.isRequested()) {
            checkpoint(done);
        }
    }

    private boolean every(Param.OfInt setting, int done) {
        int period = plan.settings().get(setting);
        return period > 0 && done % period == 0;
    }

    /** One optimizer step. */
    private void measured(int step) {
        long start = System.nanoTime();
        List<Item> items = selection.select(step, online.at(step));
        StepResult result = differentiated(step, items);
        double rate = learningRate.at(step);
        double norm = optimizer.step(rate);
        if (!Double.isFinite(norm)) {
            throw divergence(step, "the gradient of "
                    + optimizer.nonFiniteGradient().orElse("all parameters together") + " is not finite in "
                    + NonFinite.named(items.stream().map(Item::row).distinct().sorted().toList()));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Map<String, Double> metrics = new LinkedHashMap<>(result.metrics());
        metrics.putAll(online.metrics());
        metrics.put(Metrics.GRAD_NORM, norm);
        metrics.put(Metrics.LEARNING_RATE, rate);
        metrics.put(Metrics.EPOCH, (step + 1.0) * perStep() / rows.size());
        metrics.put(Metrics.TOKENS_PER_SECOND, result.tokens() / seconds);
        emit(step + 1, metrics);
    }

    private StepResult differentiated(int step, List<Item> items) {
        try {
            return gradients.accumulate(items);
        } catch (Divergence e) {
            throw divergence(step, e.getMessage());
        }
    }

    private Divergence divergence(int step, String what) {
        String already = optimizer.nonFiniteParameter()
                .map(name -> "; the weights of " + name + " were not finite before this step").orElse("");
        return new Divergence("step " + (step + 1) + ": " + what + already);
    }

    private void emit(int step, Map<String, Double> metrics) {
        last.putAll(metrics);
        listener.on(new RunEvent.Measured(step, metrics));
    }

    private void evaluate(int step) {
        last.putAll(evaluation.run(step, scorer, gradients.state()));
    }

    private void checkpoint(int step) {
        Path folder = Checkpoint.write(inputs.checkpoints(), step, plan.spec(), models, inputs.model(), optimizer,
                gradients.state());
        listener.on(new RunEvent.Checkpointed(step, folder));
    }

    @Override
    public void close() {
        models.close();
    }
}
