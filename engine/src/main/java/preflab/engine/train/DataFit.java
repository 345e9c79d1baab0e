package preflab.engine.train;

import java.util.function.Predicate;
import java.util.stream.IntStream;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Ranked;
import preflab.datasets.example.StepThreshold;
import preflab.datasets.example.Unlearning;
import preflab.engine.batch.Mismatch;
import preflab.engine.batch.PairNumbers;
import preflab.engine.batch.StepPairing;
import preflab.engine.objective.Needs;
import preflab.engine.objective.PairNumber;
import preflab.engine.objective.Scores;
import preflab.engine.param.ParamValues;

/** What rows must hold for an objective besides being of the right kind: refused before any work, saying what would fit. */
final class DataFit {

    private final String objective;
    private final Needs needs;
    private final ExampleView rows;

    DataFit(String objective, Needs needs, ExampleView rows) {
        this.objective = objective;
        this.needs = needs;
        this.rows = rows;
    }

    void check(ParamValues settings, Class<?> scores) {
        if (needs.mismatched()) {
            mismatched(settings.get(TrainSettings.BATCH_SIZE) * settings.get(TrainSettings.ACCUMULATION));
        }
        if (scores == Scores.Unlearning.class) {
            unlearning();
        }
        if (scores == Scores.StepPairs.class) {
            stepPairs(new StepThreshold(settings.get(TrainSettings.STEP_THRESHOLD)));
        }
        if (scores == Scores.Candidates.class) {
            candidates();
        }
        needs.pairNumber().ifPresent(this::pairNumbers);
    }

    private void mismatched(int perStep) {
        refuse(perStep < Mismatch.FEWEST_ROWS, "a step of " + perStep + " row",
                StepRows.MISMATCHED + " (training.batch_size × training.gradient_accumulation_steps)");
        refuse(rows.size() < Mismatch.FEWEST_ROWS, rows.size() + " row of " + rows.version().display(),
                StepRows.MISMATCHED);
    }

    private void unlearning() {
        refuse(!any(row -> row instanceof Unlearning e && e.forget()),
                rows.version().display() + ", which has no row to forget",
                "it takes rows marked as forget" + (needs.retain() ? " and rows marked as retain" : ""));
        refuse(needs.retain() && !any(row -> row instanceof Unlearning e && !e.forget()),
                rows.version().display() + ", which has no row to retain",
                "it takes rows marked as retain besides those to forget; ga and npo need none, nor does lambda = 0");
    }

    private void stepPairs(StepThreshold threshold) {
        refuse(StepPairing.of(rows, rows.size(), threshold).isEmpty(),
                rows.version().display() + ", in which no prompt has both a right and a wrong answer",
                "it pairs answers to one prompt; pipa_m, pipa_n and step_kto take them one by one");
    }

    /** For a judge of the policy's own completions. */
    void finalAnswers() {
        refuse(!any(row -> OnlineCandidates.expected(row).isPresent()),
                rows.version().display() + " online, in which no best completion ends in a final answer (#### 42)",
                "own completions are judged by it; with online_segments = 0 none are drawn");
    }

    private void candidates() {
        refuse(!any(row -> row instanceof Ranked e && e.candidates().stream().mapToDouble(Ranked.Candidate::score)
                .distinct().limit(2).count() == 2),
                rows.version().display() + ", in which no row has candidates with different scores",
                "it takes prompts with at least 2 completions, ranked or scored");
    }

    private void pairNumbers(PairNumber number) {
        IntStream.range(0, rows.size()).mapToObj(rows::get)
                .filter(row -> !PairNumbers.isTie(row) && PairNumbers.of(row, number).isEmpty()).findFirst()
                .ifPresent(row -> refuse(true,
                        rows.version().display() + ", because of row " + row.id().index() + ", counted from 0",
                        PairNumbers.fitting(number)));
    }

    private boolean any(Predicate<PreferenceExample> wanted) {
        return IntStream.range(0, rows.size()).mapToObj(rows::get).anyMatch(wanted);
    }

    private void refuse(boolean bad, String what, String fitting) {
        if (bad) {
            throw new TrainException(objective + " cannot be trained on " + what + ": " + fitting);
        }
    }
}
