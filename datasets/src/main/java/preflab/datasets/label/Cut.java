package preflab.datasets.label;

import java.util.ArrayList;
import java.util.List;

import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepCuts;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.Stepwise;
import preflab.datasets.split.SplitRule;

/**
 * An answer cut into steps by hand or by a rule.
 *
 * @param ends
 *            where its steps end, as UTF-16 offsets
 * @param verdicts
 *            on its steps; those on steps that changed are taken back
 */
record Cut(List<Integer> ends, List<StepVerdict> verdicts) {

    /** A step in two, the second beginning with the character at this offset. */
    static Cut split(LabelCard card, int step, int offset) {
        String text = card.steps().get(step).text();
        if (offset <= 0 || offset >= text.length() || text.substring(0, offset).isBlank()
                || text.substring(offset).isBlank() || Character.isLowSurrogate(text.charAt(offset))) {
            throw new IllegalArgumentException("step " + (step + 1) + " cannot be split before its character "
                    + (offset + 1) + ": both parts need words");
        }
        List<Integer> ends = new ArrayList<>(StepCuts.ends(card.steps()));
        ends.add(step, ends.get(step) - text.length() + offset);
        List<StepVerdict> verdicts = card.label().padded(card.steps().size());
        verdicts.set(step, StepVerdict.NONE);
        verdicts.add(step, StepVerdict.NONE);
        return new Cut(ends, verdicts);
    }

    /** A step joined with the next one, which there must be. */
    static Cut join(LabelCard card, int step) {
        List<Integer> ends = new ArrayList<>(StepCuts.ends(card.steps()));
        ends.remove(/* index */ step);
        List<StepVerdict> verdicts = card.label().padded(card.steps().size());
        verdicts.remove(step);
        verdicts.set(step, StepVerdict.NONE);
        return new Cut(ends, verdicts);
    }

    /** The whole answer anew. */
    static Cut by(SplitRule rule, LabelCard card) {
        List<Step> pieces = rule.split(Judged.answer(card.steps())).stream()
                .map(text -> Step.labelled(text, StepLabel.UNMARKED)).toList();
        return new Cut(StepCuts.ends(pieces), List.of());
    }

    /** The label with these steps; ends that the data itself has are not kept. */
    RowLabel in(RowLabel label, PreferenceExample example) {
        List<Integer> own = example instanceof Stepwise stepwise ? StepCuts.ends(stepwise.steps()) : List.of();
        return Judged.completed(label.withSteps(ends.equals(own) ? List.of() : ends, verdicts).withComplete(false),
                ends.size());
    }
}
