package preflab.datasets.label;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import preflab.datasets.example.Content;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepCuts;
import preflab.datasets.example.StepLabel;
import preflab.datasets.split.SplitRule;
import preflab.datasets.example.Stepwise;
import preflab.datasets.example.Unlabelled;
import preflab.datasets.example.Unpaired;

/** What of a row is judged: its steps, its answer, its pair. */
final class Judged {

    private Judged() {
    }

    /** The steps of a row cut at these ends; as they are where there are none, by the rule where the row has none. */
    static List<Step> steps(PreferenceExample example, List<Integer> ends, SplitRule rule) {
        List<Step> steps = example instanceof Stepwise stepwise
                ? stepwise.steps()
                : rule.split(answerOf(example).text()).stream().map(t -> Step.labelled(t, StepLabel.UNMARKED)).toList();
        return ends.isEmpty() ? steps : StepCuts.recut(steps, ends);
    }

    static String answer(List<Step> steps) {
        return steps.stream().map(Step::text).collect(Collectors.joining());
    }

    /** The answers to show, in their order on the screen. */
    static List<Content> answers(LabelTask task, PreferenceExample example, boolean swapped) {
        return switch (task) {
            case STEPS -> List.of();
            case ANSWERS -> List.of(answerOf(example));
            case PAIRS -> swapped ? pair(example).reversed() : pair(example);
        };
    }

    /** The two answers in the data's order. */
    static List<Content> pair(PreferenceExample example) {
        return switch (example) {
            case Paired row -> List.of(row.chosen(), row.rejected());
            case Unlabelled row -> row.completions().subList(0, 2);
            default -> throw new IllegalArgumentException("a " + example.kind().id() + " row holds no pair");
        };
    }

    /** All words of a row, to be searched. */
    static String text(PreferenceExample example) {
        String answers = example instanceof Paired || example instanceof Unlabelled
                ? pair(example).stream().map(Content::text).collect(Collectors.joining("\n"))
                : answerOf(example).text();
        return example.prompt().text() + "\n" + answers;
    }

    static Content answerOf(PreferenceExample example) {
        return switch (example) {
            case Stepwise row -> Content.of(row.answer());
            case Unpaired row -> row.completion();
            case Demonstration row -> row.completion();
            default -> throw new IllegalArgumentException("a " + example.kind().id() + " row holds no single answer");
        };
    }

    /** The first step without a verdict; the first one where all is said. */
    static int firstOpen(LabelCard card) {
        for (int i = 0; i < card.steps().size(); i++) {
            if (!card.label().step(i).given()) {
                return card.label().complete() ? 0 : i;
            }
        }
        return 0;
    }

    /** Complete once every step is judged. */
    static RowLabel completed(RowLabel label, int steps) {
        boolean all = label.steps().size() == steps && label.steps().stream().allMatch(StepVerdict::given);
        return label.withComplete(all || label.finish().isPresent());
    }

    /** This step is the first wrong one: what was left out before it is good, whatever was said after it is not. */
    static RowLabel firstError(RowLabel label, int wrong, int steps) {
        List<StepVerdict> verdicts = new ArrayList<>(label.padded(steps));
        for (int i = 0; i < steps; i++) {
            if (i < wrong && !verdicts.get(i).given()) {
                verdicts.set(i, StepVerdict.of(StepLabel.GOOD));
            } else if (i > wrong) {
                verdicts.set(i, StepVerdict.of(StepLabel.UNMARKED));
            }
        }
        return label.withSteps(label.ends(), verdicts).withFinish(FinishReason.FOUND_ERROR);
    }
}
