package preflab.engine.eval;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** How scores of steps come about from their tokens, and what makes probabilities of them; see {@link RowJudge}. */
public enum StepReading {
    /** The value head's logit at a step's last token. */
    VALUE,
    /** PIPA-M: log p = log g before the step's first token + Σ_t r_t. */
    POSTERIOR_OF_ALL,
    /** PIPA-N: logit p = logit g before the step's first token + Σ_t r_t. */
    POSTERIOR_OF_WRONG,
    /** The implicit reward β Σ_t r_t. */
    MARGIN;

    /** Of a score, in [0, 1]. */
    public double probability(double score) {
        return this == POSTERIOR_OF_ALL ? Math.exp(Math.min(0, score)) : sigmoid(score);
    }

    /**
     * Scores of the steps of one sequence.
     *
     * @param steps
     *            of each of its tokens, from 0, never falling
     * @param values
     *            logit g_t before each token; not read by {@link #MARGIN}
     * @param ratios
     *            β r_t of each token; not read by {@link #VALUE}
     * @return [steps + 1]: the score of each step, NaN where no token is its own, and last that of the whole
     */
    public double[] scores(IntUnaryOperator steps, double[] values, double[] ratios) {
        int count = values.length;
        int last = count == 0 ? 0 : steps.applyAsInt(count - 1) + 1;
        double[] scores = new double[last + 1];
        Arrays.fill(scores, 0, last, Double.NaN);
        double sum = 0;
        for (int token = 0; token < count; token++) {
            int step = steps.applyAsInt(token);
            double before = Double.isNaN(scores[step]) ? prior(values[token]) : scores[step];
            scores[step] = this == VALUE ? values[token] : before + ratios[token];
            sum += ratios[token];
        }
        scores[last] = this == MARGIN || last == 0 ? sum : scores[last - 1];
        return scores;
    }

    /** What a step's score begins with, from logit g before its first token. */
    private double prior(double logit) {
        return switch (this) {
            case POSTERIOR_OF_ALL -> Math.log(sigmoid(logit));
            case POSTERIOR_OF_WRONG -> logit;
            case VALUE, MARGIN -> 0;
        };
    }

    static double sigmoid(double x) {
        return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
    }
}
