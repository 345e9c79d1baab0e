package preflab.engine.train;

import java.util.List;
import java.util.Set;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.StepThreshold;
import preflab.engine.batch.Collator;
import preflab.engine.batch.Examples;
import preflab.engine.batch.TextTokenizer;
import preflab.engine.batch.Truncation;
import preflab.engine.objective.McPo;
import preflab.engine.objective.Needs;
import preflab.engine.objective.Objective;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.objective.Objectives;
import preflab.engine.objective.Scores;
import preflab.engine.param.ParamValues;

/**
 * A run file with its objective looked up and everything checked that can be checked before any work.
 *
 * @param <S>
 *            the shape of data of the objective
 */
record RunPlan<S extends Scores>(RunSpec spec, ObjectiveType<S> type, Needs needs, Objective<S> objective) {

    /** Looks the objective up and refuses what cannot be trained. */
    static RunPlan<?> of(RunSpec spec, TrainInputs inputs) {
        RunPlan<?> plan = unchecked(spec);
        plan.check(inputs.train());
        return plan;
    }

    /** Looks the objective up; whether any rows fit it is not asked. */
    static RunPlan<?> unchecked(RunSpec spec) {
        ObjectiveType<?> type = Objectives.find(spec.objective()).orElseThrow(() -> new TrainException(
                "there is no objective \"" + spec.objective() + "\"; known: "
                        + Objectives.ALL.stream().map(ObjectiveType::id).toList()));
        return typed(spec, type);
    }

    private static <S extends Scores> RunPlan<S> typed(RunSpec spec, ObjectiveType<S> type) {
        return new RunPlan<>(spec, type, type.needs().apply(spec.hyper()), type.factory().apply(spec.hyper()));
    }

    private void check(ExampleView rows) {
        type.obstacle(spec.hyper()).ifPresent(why -> {
            throw new TrainException(why);
        });
        if (!reads(rows.kind())) {
            throw new TrainException(type.name() + " cannot be trained on " + rows.kind().id() + " data ("
                    + rows.version().display() + "); it takes "
                    + needs.kinds().stream().map(Kind::id).sorted().toList());
        }
        new DataFit(type.name(), needs, rows).check(settings(), type.scores());
        if (objective.core() instanceof McPo mcpo && mcpo.onlineSegments() > 0) {
            new DataFit(type.name(), needs, rows).finalAnswers();
        }
    }

    /** Whether rows of this kind can be collated for the objective. */
    boolean reads(Kind kind) {
        Set<Kind> readable = Collator.kinds(type.scores());
        return needs.kinds().contains(kind) && readable.contains(kind);
    }

    ParamValues settings() {
        return spec.settings();
    }

    /** How long rows are cut: by the setting and by what the model has positions for. */
    Truncation truncation(TextTokenizer tokenizer, int maxPositions) {
        return truncation(settings(), tokenizer, maxPositions);
    }

    static Truncation truncation(ParamValues settings, TextTokenizer tokenizer, int maxPositions) {
        return new Truncation(Math.min(settings.get(TrainSettings.MAX_LENGTH), maxPositions),
                settings.get(TrainSettings.MAX_COMPLETION_LENGTH),
                settings.get(TrainSettings.PROMPT_TRUNCATION, Truncation.Mode.class),
                settings.get(TrainSettings.COMPLETION_TRUNCATION, Truncation.Mode.class), tokenizer.bosId());
    }

    /** Tokenises rows for the objective. */
    Examples examples(ExampleView rows, int limit, TextTokenizer tokenizer, Truncation truncation) {
        StepThreshold threshold = new StepThreshold(settings().get(TrainSettings.STEP_THRESHOLD));
        return Examples.of(rows, limit, new Collator(type.scores(), tokenizer::encode, threshold,
                needs), truncation);
    }

    /** What is legal but known to go wrong. */
    List<String> advice() {
        return type.advice().apply(spec.hyper());
    }
}
