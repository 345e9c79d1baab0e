package preflab.datasets.label;

import java.util.Arrays;

import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.StepThreshold;
import preflab.datasets.example.Stepwise;

/**
 * How many steps get another label when the step threshold moves. Reads the rows once and keeps the Q values of all
 * answers that are not known to be right, 8 bytes each; a count is then one pass over them. Follows
 * {@link StepThreshold}: steps with a stored verdict, steps without a Q and steps of right answers never flip.
 */
public final class ThresholdFlips {

    /** Steps that flip, and the answers they are in. */
    public record Count(int steps, int answers) {
    }

    private double[] values = new double[1024];
    private int[] ends = new int[256];
    private int count;
    private int answers;
    private boolean valued;

    private ThresholdFlips() {
    }

    /** Reads all rows; those without steps hold nothing that flips. */
    public static ThresholdFlips of(ExampleView rows) {
        ThresholdFlips flips = new ThresholdFlips();
        for (int row = 0; row < rows.size(); row++) {
            if (rows.get(row) instanceof Stepwise answer) {
                flips.add(answer);
            }
        }
        return flips;
    }

    private void add(Stepwise answer) {
        valued |= answer.steps().stream().anyMatch(step -> step.q().isPresent());
        if (answer.answerCorrect().orElse(false)) {
            return;
        }
        for (Step step : answer.steps()) {
            if (step.label() == StepLabel.UNMARKED) {
                step.q().ifPresent(this::add);
            }
        }
        if (answers == ends.length) {
            ends = Arrays.copyOf(ends, 2 * answers);
        }
        ends[answers++] = count;
    }

    private void add(double q) {
        if (count == values.length) {
            values = Arrays.copyOf(values, 2 * count);
        }
        values[count++] = q;
    }

    /** Whether any step has a Q, also in a right answer. */
    public boolean valued() {
        return valued;
    }

    /** What flips when the threshold moves from one value to the other: right is Q ≥ threshold. */
    public Count between(double before, double now) {
        int steps = 0;
        int inAnswers = 0;
        int at = 0;
        for (int answer = 0; answer < answers; answer++) {
            int first = steps;
            for (; at < ends[answer]; at++) {
                steps += values[at] >= before == values[at] >= now ? 0 : 1;
            }
            inAnswers += steps > first ? 1 : 0;
        }
        return new Count(steps, inAnswers);
    }
}
