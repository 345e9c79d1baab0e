package preflab.engine.bandit;

import java.util.Arrays;

/** Independent softmax tables, one per node; with a value head, one free logit per node besides. */
public final class SoftmaxTables implements TabularPolicy {

    private final double[][] logits; // [nodes][actions]
    private final double[] values; // [nodes], or none

    private SoftmaxTables(double[][] logits, double[] values) {
        this.logits = logits;
        this.values = values;
    }

    /** Tables that start at the given logits, [nodes][actions]. */
    public static SoftmaxTables of(double[]... logits) {
        return new SoftmaxTables(Tables.copy(logits), new double[0]);
    }

    /** The same tables with a value head at g = 1/2. */
    public SoftmaxTables withValueHead() {
        return new SoftmaxTables(logits, new double[logits.length]);
    }

    @Override
    public double[] parameters() {
        double[] tables = Arrays.stream(logits).flatMapToDouble(Arrays::stream).toArray();
        double[] all = Arrays.copyOf(tables, tables.length + values.length);
        System.arraycopy(values, 0, all, tables.length, values.length);
        return all;
    }

    @Override
    public SoftmaxTables at(double[] parameters) {
        double[][] tables = Tables.zeros(logits);
        int next = 0;
        for (double[] table : tables) {
            System.arraycopy(parameters, next, table, 0, table.length);
            next += table.length;
        }
        return new SoftmaxTables(tables, Arrays.copyOfRange(parameters, next, next + values.length));
    }

    @Override
    public double[][] logProbs() {
        return Arrays.stream(logits).map(Tables::logSoftmax).toArray(double[][]::new);
    }

    @Override
    public double[] valueLogits() {
        return values.length == 0 ? new double[logits.length] : values.clone();
    }

    @Override
    public double[] pullBack(TableGradient gradient) {
        double[][] tables = Tables.zeros(logits);
        double[][] policy = logProbs();
        for (int node = 0; node < tables.length; node++) {
            tables[node] = gradient.byLogits(node, policy[node]);
        }
        double[] heads = values.length == 0 ? values : gradient.byValueLogits();
        return new SoftmaxTables(tables, heads).parameters();
    }
}
