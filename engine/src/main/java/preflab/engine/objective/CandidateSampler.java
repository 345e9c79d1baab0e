package preflab.engine.objective;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Which candidates serve as negatives: pure functions of log-ratios and given uniforms, without gradient. */
public final class CandidateSampler {

    private CandidateSampler() {
    }

    /** The MC kernel's weights, softmax(β h); β = 0 is uniform. */
    public static double[] weights(double[] logRatios, double beta) {
        double highest = Arrays.stream(logRatios).map(h -> beta * h).max().orElse(0);
        double[] weights = Arrays.stream(logRatios).map(h -> Math.exp(beta * h - highest)).toArray();
        double total = Arrays.stream(weights).sum();
        return Arrays.stream(weights).map(w -> w / total).toArray();
    }

    /** The indices of the largest values, largest first; ties go to the lower index. */
    public static int[] highest(double[] values, int count) {
        return IntStream.range(0, values.length).boxed().sorted(Comparator.comparingDouble(i -> -values[i]))
                .limit(count).mapToInt(Integer::intValue).toArray();
    }

    /** The indices of the smallest values, smallest first; ties go to the lower index. */
    public static int[] lowest(double[] values, int count) {
        return highest(Arrays.stream(values).map(v -> -v).toArray(), count);
    }

    /**
     * Draws without replacement with weights softmax(β h), one after the other: the largest of β h plus Gumbel noise.
     *
     * @param uniforms
     *            one number in (0, 1) per candidate
     */
    public static int[] categorical(double[] logRatios, double beta, double[] uniforms, int count) {
        double[] keys = new double[logRatios.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = beta * logRatios[i] - Math.log(-Math.log(uniforms[i]));
        }
        return highest(keys, count);
    }
}
