package preflab.engine.batch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import preflab.datasets.example.Content;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.StepThreshold;
import preflab.datasets.example.Stepwise;

/**
 * Pairs of a right and a wrong answer to one prompt from stepwise rows. Every wrong answer stands against one right
 * answer to the same prompt; the right ones take turns in the order of the rows. An answer is right as the row says, or
 * where it does not, if no step of it is labelled wrong. Prompts with answers of one sort only make no pairs.
 *
 * @param right
 *            index of the right answer's row in the view
 * @param wrong
 *            index of the wrong answer's row
 */
public record StepPairing(int right, int wrong) {

    /** The pairs among the first {@code rows} rows, prompt by prompt. */
    public static List<StepPairing> of(ExampleView view, int rows, StepThreshold threshold) {
        Map<Content, Answers> byPrompt = new LinkedHashMap<>();
        for (int row = 0; row < rows; row++) {
            PreferenceExample example = view.get(row);
            if (example instanceof Stepwise answer) {
                Answers answers = byPrompt.computeIfAbsent(answer.prompt(), prompt -> new Answers());
                (isRight(answer, threshold) ? answers.right : answers.wrong).add(row);
            }
        }
        return byPrompt.values().stream().flatMap(answers -> answers.pairs().stream()).toList();
    }

    static boolean isRight(Stepwise answer, StepThreshold threshold) {
        return answer.answerCorrect().orElseGet(() -> !threshold.labels(answer).contains(StepLabel.BAD));
    }

    /** The answers to one prompt. */
    private static final class Answers {
        final List<Integer> right = new ArrayList<>();
        final List<Integer> wrong = new ArrayList<>();

        List<StepPairing> pairs() {
            List<StepPairing> pairs = new ArrayList<>();
            for (int i = 0; i < wrong.size() && !right.isEmpty(); i++) {
                pairs.add(new StepPairing(right.get(i % right.size()), wrong.get(i)));
            }
            return pairs;
        }
    }
}
