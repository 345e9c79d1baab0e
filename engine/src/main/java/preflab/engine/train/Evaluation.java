package preflab.engine.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.PreferenceExample;
import preflab.engine.batch.Item;
import preflab.engine.batch.Mismatch;
import preflab.engine.batch.Truncation;
import preflab.engine.eval.Answer;
import preflab.engine.eval.Answers;
import preflab.engine.eval.BatchScorer;
import preflab.engine.eval.ObjectiveEvaluation;
import preflab.engine.metric.Metrics;
import preflab.engine.objective.Scores;
import preflab.engine.objective.State;
import preflab.engine.param.ParamValues;

/**
 * What is measured on held-out rows: exact-match accuracy of greedy answers where rows tell a final answer, the
 * objective's own metrics where the kind allows, and samples at fixed prompts. The first rows are used, so that all runs
 * on one dataset are judged on the same ones.
 *
 * @param <S>
 *            the shape of data of the objective
 */
final class Evaluation<S extends Scores> {

    private final RunPlan<S> plan;
    private final RunModels models;
    private final RunListener listener;
    private final StopSignal stop;
    private final List<PreferenceExample> judged; // rows with a final answer
    private final List<PreferenceExample> shown; // fixed prompts
    private final List<Item> scored; // rows the objective can read
    private final PolicyMeasures measures;

    Evaluation(RunPlan<S> plan, RunModels models, TrainInputs inputs, Truncation truncation,
            ReferenceSampling sampling, RunListener listener, StopSignal stop) {
        this.plan = plan;
        this.models = models;
        this.listener = listener;
        this.stop = stop;
        ExampleView heldOut = inputs.evaluation().orElse(null);
        int limit = plan.settings().get(TrainSettings.EVALUATION_ROWS);
        List<PreferenceExample> rows = heldOut == null ? List.of() : first(heldOut, limit);
        this.judged = rows.stream().filter(row -> Answers.expected(row).isPresent()).toList();
        this.shown = first(heldOut == null ? inputs.train() : heldOut,
                plan.settings().get(TrainSettings.SAMPLE_PROMPTS));
        this.measures = PolicyMeasures.of(models, rows, truncation, plan.settings());
        List<Item> items = heldOut != null && plan.reads(heldOut.kind())
                ? sampling.added(plan.examples(heldOut, limit, models.tokenizer(), truncation).items())
                : List.of();
        List<Item> drawn = CandidateSelection.withUniforms(items, plan.settings().get(TrainSettings.SEED),
                CandidateSelection.EVALUATION);
        this.scored = plan.needs().mismatched() ? Mismatch.added(drawn, truncation.maxLength()) : drawn;
    }

    private static List<PreferenceExample> first(ExampleView view, int limit) {
        return IntStream.range(0, Math.min(limit, view.size())).mapToObj(view::get).toList();
    }

    /** Measures and tells the listener; empty, with nothing told, where a stop came in between. */
    Optional<Map<String, Double>> run(int step, BatchScorer scorer, State state) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        if (!scored.isEmpty()) {
            metrics.putAll(ObjectiveEvaluation.of(scored, scorer, plan.type().scores(), plan.objective(),
                    state, plan.settings().get(TrainSettings.BATCH_SIZE)));
        }
        List<Answer> answers = answer(judged);
        List<Sample> samples = samples(answers);
        metrics.putAll(measures.now(stop));
        if (stop.isRequested() && isAnythingMeasured()) {
            return Optional.empty();
        }
        Answers.accuracy(answers).ifPresent(accuracy -> {
            metrics.put(Metrics.EVAL_ACCURACY, accuracy);
            metrics.put(Metrics.EVAL_COUNT, (double) answers.size());
            listener.on(new RunEvent.Sampled(step, "eval", answers.stream().map(Evaluation::sample).toList()));
        });
        if (!samples.isEmpty()) {
            listener.on(new RunEvent.Sampled(step, "samples", samples));
        }
        if (!metrics.isEmpty()) {
            listener.on(new RunEvent.Measured(step, metrics));
        }
        return Optional.of(metrics);
    }

    private boolean isAnythingMeasured() {
        return !(scored.isEmpty() && judged.isEmpty() && shown.isEmpty() && measures.isEmpty());
    }

    /** What the policy answers at the fixed prompts; those just judged are not answered again. */
    private List<Sample> samples(List<Answer> known) {
        List<Sample> samples = new ArrayList<>();
        List<PreferenceExample> unknown = new ArrayList<>();
        for (PreferenceExample row : shown) {
            known.stream().filter(answer -> judged.contains(row) && answer.row() == row.id().index()).findFirst()
                    .ifPresentOrElse(answer -> samples.add(sample(answer)), () -> unknown.add(row));
        }
        answer(unknown).forEach(answer -> samples.add(sample(answer)));
        return samples;
    }

    private List<Answer> answer(List<PreferenceExample> rows) {
        ParamValues settings = plan.settings();
        return rows.isEmpty()
                ? List.of()
                : Answers.greedy(models.policy(), models.tokenizer(), rows,
                        settings.get(TrainSettings.MAX_NEW_TOKENS), () -> !stop.isRequested());
    }

    private static Sample sample(Answer answer) {
        return new Sample(answer.row(), answer.prompt(), answer.completion(), answer.expected(), answer.correct());
    }
}
