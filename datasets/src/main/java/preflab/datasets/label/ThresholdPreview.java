package preflab.datasets.label;

import java.util.Arrays;

import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.StepThreshold;
import preflab.datasets.example.Stepwise;

/**
 * What another step threshold would change, counted without touching the data. Only UNMARKED steps with a Q value in
 * answers not known to be right can flip ({@link StepThreshold}); their Q values are read once and sorted, so that every
 * question afterwards takes microseconds, also over millions of steps.
 */
public final class ThresholdPreview {

    /**
     * What flips between two thresholds.
     *
     * @param toRight
     *            steps that become right
     * @param toWrong
     *            steps that become wrong
     * @param answers
     *            answers with at least one such step
     * @param right
     *            right ones among the steps that the threshold decides, at the new threshold
     * @param decided
     *            all steps that the threshold decides
     */
    public record Flips(int toRight, int toWrong, int answers, int right, int decided) {

        /** Steps that flip, either way. */
        public int steps() {
            return toRight + toWrong;
        }
    }

    private final double[] sorted; // Q of every deciding step
    private final double[][] byAnswer; // sorted, of each answer that has any
    private final boolean valued;

    private ThresholdPreview(double[] sorted, double[][] byAnswer, boolean valued) {
        this.sorted = sorted;
        this.byAnswer = byAnswer;
        this.valued = valued;
    }

    /** Whether any step has a Q, also one that no threshold decides. */
    public boolean valued() {
        return valued;
    }

    /** Reads the rows once; rows that are not stepwise have nothing to flip. */
    public static ThresholdPreview of(ExampleView rows) {
        double[][] byAnswer = new double[rows.size()][];
        int answers = 0;
        boolean valued = false;
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i) instanceof Stepwise row) {
                valued |= row.steps().stream().anyMatch(step -> step.q().isPresent());
                double[] values = deciding(row);
                if (values.length > 0) {
                    byAnswer[answers++] = values;
                }
            }
        }
        double[][] kept = Arrays.copyOf(byAnswer, answers);
        return new ThresholdPreview(Arrays.stream(kept).flatMapToDouble(Arrays::stream).sorted().toArray(), kept,
                valued);
    }

    /** Q of the steps that the threshold decides, sorted. */
    private static double[] deciding(Stepwise row) {
        return row.answerCorrect().orElse(false)
                ? new double[0]
                : row.steps().stream().filter(step -> step.label() == StepLabel.UNMARKED && step.q().isPresent())
                        .map(Step::q).mapToDouble(q -> q.getAsDouble()).sorted().toArray();
    }

    /** What flips from one threshold to another; both in [−1, 1]. */
    public Flips flips(StepThreshold from, StepThreshold to) {
        int before = below(sorted, from.threshold());
        int after = below(sorted, to.threshold());
        int answers = 0;
        for (double[] values : byAnswer) {
            answers += below(values, from.threshold()) == below(values, to.threshold()) ? 0 : 1;
        }
        return new Flips(Math.max(0, before - after), Math.max(0, after - before), answers, sorted.length - after,
                sorted.length);
    }

    /** How many values lie below the threshold, that is, are wrong. */
    private static int below(double[] values, double threshold) {
        int low = 0;
        int high = values.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (values[middle] >= threshold) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
