package preflab.datasets.label;

import java.util.List;
import java.util.Map;

import preflab.datasets.example.Content;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Step;

/**
 * What is to be shown of one item.
 *
 * @param position
 *            in the queue, from 0
 * @param steps
 *            the answer's steps as they are cut now, with the label and Q of the <em>data</em>; empty unless the task is
 *            STEPS
 * @param label
 *            what this session's author has said
 * @param answers
 *            the answer (ANSWERS), or the two answers in the order they are to be shown, A first (PAIRS); else empty
 * @param suggestions
 *            of a model, by step; −1 is the whole answer
 * @param others
 *            complete verdicts of others; empty until one's own is complete (an adjudicator sees them at once)
 */
public record LabelCard(Item item, int position, PreferenceExample example, List<Step> steps, RowLabel label,
        List<Content> answers, Map<Integer, Suggestion> suggestions, Map<Author, RowLabel> others) {
    public LabelCard {
        steps = List.copyOf(steps);
        answers = List.copyOf(answers);
        suggestions = Map.copyOf(suggestions);
    }

    /** The steps as this session's author sees them: own verdicts on top of the data's. */
    public List<Step> judgedSteps() {
        List<Step> judged = new java.util.ArrayList<>(steps.size());
        for (int i = 0; i < steps.size(); i++) {
            judged.add(label.step(i).on(steps.get(i)));
        }
        return judged;
    }
}
