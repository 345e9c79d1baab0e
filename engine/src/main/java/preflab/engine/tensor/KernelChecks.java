package preflab.engine.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Every kernel against its oracle on small random inputs: values and, where there is one, the gradient. */
public final class KernelChecks {

    /**
     * A kernel, its oracle, and what to feed them.
     *
     * @param differentiable
     *            how many of the inputs, from the first, have a gradient
     */
    record Case(String name, List<NDArray> inputs, int differentiable, Function<List<NDArray>, NDArray> kernel,
            Function<List<NDArray>, NDArray> oracle) {
    }

    private final NDManager manager;
    private final DataType type;
    private final SplittableRandom random = new SplittableRandom(11);

    private KernelChecks(NDManager manager, DataType type) {
        this.manager = manager;
        this.type = type;
    }

    /** The largest |kernel − oracle| of values and gradients by kernel, relative to the largest entry. */
    public static Map<String, Double> errors(NDManager manager, DataType type) {
        Map<String, Double> errors = new LinkedHashMap<>();
        Scopes.within(() -> {
            for (Case each : new KernelChecks(manager, type).cases()) {
                errors.put(each.name(), error(each));
            }
            return errors;
        });
        return errors;
    }

    private NDArray normal(long... shape) {
        int size = Math.toIntExact(new Shape(shape).size());
        double[] values = IntStream.range(0, size).mapToDouble(i -> random.nextGaussian()).toArray();
        return manager.create(values, new Shape(shape)).toType(type, false);
    }

    private NDArray ids(int bound, long... shape) {
        int size = Math.toIntExact(new Shape(shape).size());
        return manager.create(random.longs(size, 0, bound).toArray(), new Shape(shape));
    }

    private List<Case> cases() {
        List<Case> cases = new ArrayList<>(modelCases());
        cases.addAll(attentionCases());
        cases.addAll(lossCases());
        return cases;
    }

    private List<Case> modelCases() {
        NDArray cos = normal(5, 8);
        NDArray sin = normal(5, 8);
        NDArray tokens = ids(7, 2, 5);
        return List.of(
                new Case("linear", List.of(normal(3, 5, 8), normal(6, 8)), 2,
                        in -> Kernels.linear(in.get(0), in.get(1)),
                        in -> Oracles.linear(in.get(0), in.get(1))),
                new Case("embedding", List.of(normal(7, 4)), 1, in -> Kernels.embedding(tokens, in.get(0)),
                        in -> Oracles.embedding(tokens, in.get(0))),
                new Case("rms_norm", List.of(normal(3, 5, 8), normal(8)), 2,
                        in -> Kernels.rmsNorm(in.get(0), in.get(1), 1e-5),
                        in -> Oracles.rmsNorm(in.get(0), in.get(1), 1e-5)),
                new Case("silu", List.of(normal(4, 9)), 1, in -> Kernels.silu(in.get(0)),
                        in -> Oracles.silu(in.get(0))),
                new Case("swiglu", List.of(normal(4, 9), normal(4, 9)), 2, in -> Kernels.swiGlu(in.get(0), in.get(1)),
                        in -> Oracles.swiGlu(in.get(0), in.get(1))),
                new Case("rope", List.of(normal(2, 3, 5, 8)), 1, in -> Kernels.rope(in.get(0), cos, sin),
                        in -> Oracles.rope(in.get(0), cos, sin)),
                new Case("repeat_heads", List.of(normal(2, 3, 5, 4)), 1, in -> Kernels.repeatHeads(in.get(0), 3),
                        in -> Oracles.repeatHeads(in.get(0), 3)));
    }

    private List<Case> attentionCases() {
        List<NDArray> qkv = List.of(normal(2, 3, 6, 8), normal(2, 3, 6, 8), normal(2, 3, 6, 8));
        NDArray mask = manager.create(new boolean[]{true, true, false, true, false, true}, new Shape(1, 1, 1, 6));
        return List.of(
                new Case("causal_attention", qkv, 3, in -> Kernels.causalAttention(in.get(0), in.get(1), in.get(2)),
                        in -> Oracles.causalAttention(in.get(0), in.get(1), in.get(2))),
                new Case("masked_attention", qkv, 3,
                        in -> Kernels.maskedAttention(in.get(0), in.get(1), in.get(2), mask),
                        in -> Oracles.maskedAttention(in.get(0), in.get(1), in.get(2), mask)));
    }

    private List<Case> lossCases() {
        NDArray targets = ids(11, 6);
        NDArray condition = ids(2, 6, 11).eq(1);
        NDArray wide = normal(6, 11).mul(300); // 300 deviations wide: a naive softmax would overflow
        return List.of(
                new Case("token_log_probs", List.of(wide), 1, in -> Kernels.tokenLogProbs(in.get(0), targets),
                        in -> Oracles.tokenLogProbs(in.get(0), targets)),
                new Case("vocabulary_kl", List.of(normal(6, 11), normal(6, 11)), 2,
                        in -> Kernels.vocabularyKl(in.get(0), in.get(1)),
                        in -> Oracles.vocabularyKl(in.get(0), in.get(1))),
                new Case("vocabulary_kl of extreme logits", List.of(wide, normal(6, 11).mul(300)), 2,
                        in -> Kernels.vocabularyKl(in.get(0), in.get(1)),
                        in -> Oracles.vocabularyKl(in.get(0), in.get(1))),
                new Case("log_sigmoid", List.of(normal(40)), 1, in -> Kernels.logSigmoid(in.get(0)),
                        in -> Oracles.logSigmoid(in.get(0))),
                new Case("log_sum_exp", List.of(wide), 1, in -> Kernels.logSumExp(in.get(0)),
                        in -> Oracles.logSumExp(in.get(0))),
                new Case("select", List.of(normal(6, 11), normal(6, 11)), 2,
                        in -> Kernels.select(condition, in.get(0), in.get(1)),
                        in -> in.get(0).mul(condition.toType(type, false))
                                .add(in.get(1).mul(condition.logicalNot().toType(type, false)))));
    }

    private static double error(Case each) {
        List<double[]> kernel = valueAndGradients(each, each.kernel());
        List<double[]> oracle = valueAndGradients(each, each.oracle());
        return IntStream.range(0, kernel.size()).mapToDouble(i -> difference(kernel.get(i), oracle.get(i))).max()
                .orElse(Double.NaN);
    }

    /** NaN if an entry is; relative to the oracle's largest entry, or absolute below 1. */
    static double difference(double[] a, double[] b) {
        double largest = Math.max(1, Arrays.stream(b).map(Math::abs).max().orElse(0));
        return IntStream.range(0, a.length).mapToDouble(i -> Math.abs(a[i] - b[i]) / largest).reduce(0, Math::max);
    }

    private static List<double[]> valueAndGradients(Case each, Function<List<NDArray>, NDArray> function) {
        return Autograd.recording(() -> {
            List<NDArray> inputs = new ArrayList<>();
            NDList leaves = new NDList();
            for (int i = 0; i < each.inputs().size(); i++) {
                NDArray input = i < each.differentiable() ? Autograd.leaf(each.inputs().get(i)) : each.inputs().get(i);
                inputs.add(input);
                if (i < each.differentiable()) {
                    leaves.add(input);
                }
            }
            NDArray value = function.apply(inputs);
            Autograd.backward(value, upstream(value));
            List<double[]> all = new ArrayList<>(List.of(doubles(value.stopGradient())));
            leaves.forEach(leaf -> all.add(doubles(leaf.getGradient())));
            return all;
        });
    }

    /** A different weight for every entry, so that no gradient cancels. */
    private static NDArray upstream(NDArray value) {
        double[] weights = new double[Math.toIntExact(value.size())];
        Arrays.setAll(weights, i -> Math.cos(1 + i));
        return value.getManager().create(weights, value.getShape()).toType(value.getDataType(), false);
    }

    private static double[] doubles(NDArray array) {
        return array.toType(DataType.FLOAT64, false).toDoubleArray();
    }

    /** The largest difference between three fused AdamW steps and the formula, relative to the largest entry. */
    public static double adamWError(NDManager manager, DataType type) {
        return Scopes.within(() -> new KernelChecks(manager, type).adamW());
    }

    private double adamW() {
        Kernels.AdamW settings = new Kernels.AdamW(0.9, 0.98, 1e-8, 0.1);
        NDArray parameter = normal(17).duplicate();
        double[] expected = doubles(parameter);
        double[][] moments = new double[2][17];
        NDList m = new NDList(parameter.zerosLike());
        NDList v = new NDList(parameter.zerosLike());
        NDList steps = new NDList(manager.zeros(new Shape()));
        for (int step = 1; step <= 3; step++) {
            NDArray gradient = normal(17);
            expected = Oracles.adamW(expected, doubles(gradient), moments, step, settings, 0.01);
            Kernels.adamW(new NDList(parameter), new NDList(gradient), m, v, steps, settings, 0.01);
        }
        return difference(doubles(parameter), expected);
    }
}
