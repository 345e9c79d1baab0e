package preflab.engine.train;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.StepThreshold;
import preflab.engine.batch.Collator;
import preflab.engine.batch.DataSurvey;
import preflab.engine.batch.TextTokenizer;
import preflab.engine.batch.TokenXray;
import preflab.engine.batch.Truncation;
import preflab.engine.objective.Needs;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.param.ParamValues;

/** What a run would make of rows, before it is started and without weights: by the settings and the code of the run. */
public final class RowPreview {

    private final ObjectiveType<?> type;
    private final Needs needs;
    private final StepThreshold threshold;
    private final TextTokenizer tokenizer;
    private final Truncation truncation;

    /**
     * For a run.
     *
     * @param hyper
     *            of the objective
     * @param settings
     *            of training; the length limit, the truncation and the step threshold count here
     * @param tokenizer
     *            of the model; stays the caller's to close
     * @param maxPositions
     *            the model's
     */
    public RowPreview(ObjectiveType<?> type, ParamValues hyper, ParamValues settings, TextTokenizer tokenizer,
            int maxPositions) {
        this.type = type;
        this.needs = type.needs().apply(hyper);
        this.threshold = new StepThreshold(settings.get(TrainSettings.STEP_THRESHOLD));
        this.tokenizer = tokenizer;
        this.truncation = RunPlan.truncation(settings, tokenizer, maxPositions);
    }

    /**
     * One row as the model sees it.
     *
     * @throws IllegalArgumentException
     *             where the objective cannot read the row by itself
     */
    public TokenXray xray(PreferenceExample row) {
        return TokenXray.of(row, type.scores(), needs, threshold, tokenizer, truncation);
    }

    /** What would become of every row; takes as long as tokenising them. */
    public DataSurvey survey(ExampleView rows, IntConsumer progress, BooleanSupplier cancelled) {
        return DataSurvey.of(rows, new Collator(type.scores(), tokenizer::encode, threshold, needs), truncation,
                progress, cancelled);
    }

    /** Why a run on such rows is refused; empty if nothing stands against it. */
    public Optional<String> refusal(DataSurvey survey) {
        return survey.refusal(truncation);
    }

    /** One sentence on rows that are cut or left out as too long; empty if there are none. */
    public Optional<String> cutReport(DataSurvey survey) {
        return survey.cutReport(truncation);
    }

    /** How many tokens a row may have. */
    public int maxLength() {
        return truncation.maxLength();
    }
}
