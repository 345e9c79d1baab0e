package preflab.engine.train;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import preflab.engine.batch.Sequence;
import preflab.engine.metric.Metrics;
import preflab.engine.objective.Group;

/**
 * How strongly a step's loss pulls at each row, read off dL/dlog π. Where completions of a row begin with the same
 * tokens, they pull at the same log-probabilities, and what cancels there never reaches the model.
 */
final class Pull {

    /** Pulls below it, per token and row, are zero in float32 arithmetic. */
    private static final double NOTHING = 1e-8;
    /** What is left of a pull that cancels wholly, but for rounding. */
    private static final double ROUNDING = 1e-5;

    /** Of one row: Σ_t |g_t|, the same after cancelling, and the number of tokens. */
    private record Row(double gross, double net, int tokens) {
        double perToken() {
            return gross / Math.max(1, tokens);
        }
    }

    /** Sums of one row while its sequences are read; gradients by a hash of the tokens up to theirs. */
    private static final class Sums {
        private final Map<Long, Double> byPrefix = new HashMap<>();
        private double gross;
        private int tokens;

        void add(Sequence sequence, float[] gradients, int from) {
            long prefix = 0;
            int position = 0;
            for (int t = 0; t < sequence.activeTokens(); t++) {
                for (; position <= sequence.activePosition(t); position++) {
                    prefix = mixed(prefix + sequence.id(position) + 1);
                }
                double gradient = gradients[from + t];
                gross += Math.abs(gradient);
                tokens++;
                byPrefix.merge(prefix, gradient, Double::sum);
            }
        }

        /** SplitMix64's finaliser: two prefixes of a row share a hash once in 10¹⁵ rows. */
        private static long mixed(long x) {
            long z = x + 0x9E3779B97F4A7C15L;
            z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
            z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
            return z ^ (z >>> 31);
        }

        Row row() {
            return new Row(gross, byPrefix.values().stream().mapToDouble(Math::abs).sum(), tokens);
        }
    }

    private final Map<Integer, Row> rows = new LinkedHashMap<>();

    /**
     * Takes in a micro-batch, all sequences of its rows.
     *
     * @param gradients
     *            [K] dL/dlog π of the active tokens, in the order of the sequences
     */
    void add(List<Sequence> sequences, float[] gradients) {
        Map<Integer, Sums> sums = new LinkedHashMap<>();
        int from = 0;
        for (Sequence sequence : sequences) {
            if (sequence.group() != Group.MISMATCHED) { // constants
                sums.computeIfAbsent(sequence.row(), row -> new Sums()).add(sequence, gradients, from);
            }
            from += sequence.activeTokens();
        }
        sums.forEach((row, its) -> rows.put(row, its.row()));
    }

    /** Metrics of the step; none without rows. */
    Map<String, Double> metrics() {
        if (rows.isEmpty()) {
            return Map.of();
        }
        double[] pulls = rows.values().stream().mapToDouble(Row::perToken).map(pull -> pull * rows.size()).sorted()
                .toArray();
        double gross = rows.values().stream().mapToDouble(Row::gross).sum();
        double net = rows.values().stream().mapToDouble(Row::net).sum();
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put(Metrics.PULL, Arrays.stream(pulls).average().orElseThrow());
        metrics.put(Metrics.PULL_MEDIAN, median(pulls));
        metrics.put(Metrics.PULL_CANCELLED, gross > 0 ? 1 - net / gross : 0);
        metrics.put(Metrics.SILENT_ROWS, rows.values().stream().filter(this::silent).count() / (double) rows.size());
        return metrics;
    }

    private boolean silent(Row row) {
        return row.perToken() * rows.size() < NOTHING || row.net() < ROUNDING * row.gross();
    }

    private static double median(double[] sorted) {
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
