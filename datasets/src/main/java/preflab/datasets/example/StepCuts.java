package preflab.datasets.example;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Steps as cuts in an unchanging text: each step is named by its end, a UTF-16 offset into the answer. The last end is
 * the answer's length.
 */
public final class StepCuts {

    private StepCuts() {
    }

    /** The ends of these steps. */
    public static List<Integer> ends(List<Step> steps) {
        List<Integer> ends = new ArrayList<>(steps.size());
        int end = 0;
        for (Step step : steps) {
            end += step.text().length();
            ends.add(end);
        }
        return List.copyOf(ends);
    }

    /**
     * The same answer cut elsewhere. A step that begins and ends where old ones do keeps their label if they agree on
     * one; any other is unmarked. Q is the value of the state after a step, so a step has the Q of the old one that
     * ends where it ends.
     *
     * @param ends
     *            rising offsets, the last the answer's length
     * @throws IllegalArgumentException
     *             when they are not
     */
    public static List<Step> recut(List<Step> steps, List<Integer> ends) {
        List<Integer> oldEnds = ends(steps);
        if (oldEnds.equals(ends)) {
            return steps;
        }
        StringBuilder answer = new StringBuilder();
        steps.forEach(step -> answer.append(step.text()));
        List<Step> cut = new ArrayList<>(ends.size());
        int start = 0;
        for (int end : ends) {
            if (end <= start || end > answer.length()) {
                throw new IllegalArgumentException("steps cannot end at " + ends + " in " + answer.length()
                        + " characters");
            }
            int same = oldEnds.indexOf(end);
            OptionalDouble q = same < 0 ? OptionalDouble.empty() : steps.get(same).q();
            cut.add(new Step(answer.substring(start, end), label(steps, oldEnds, start, end), q));
            start = end;
        }
        if (start != answer.length()) {
            throw new IllegalArgumentException("the last step must end at " + answer.length() + ", not " + start);
        }
        return List.copyOf(cut);
    }

    private static StepLabel label(List<Step> steps, List<Integer> ends, int start, int end) {
        int last = ends.indexOf(end);
        int first = start == 0 ? 0 : ends.indexOf(start) + 1;
        if (last < 0 || (start > 0 && first == 0)) {
            return StepLabel.UNMARKED;
        }
        StepLabel label = steps.get(first).label();
        return steps.subList(first, last + 1).stream().allMatch(step -> step.label() == label)
                ? label
                : StepLabel.UNMARKED;
    }
}
