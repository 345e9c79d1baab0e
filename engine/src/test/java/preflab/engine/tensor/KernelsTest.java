package preflab.engine.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KernelsTest {

    private static NDManager manager;
    private NDScope scope;

    @BeforeAll
    static void open() {
        manager = Torch.newManager();
    }

    @AfterAll
    static void close() {
        manager.close();
    }

    @BeforeEach
    void enter() {
        scope = new NDScope();
    }

    @AfterEach
    void leave() {
        scope.close();
    }

    @Test
    void everyKernelAndItsGradientEqualTheOracleInFloat64() {
        assertThat(KernelChecks.errors(manager, DataType.FLOAT64)).hasSizeGreaterThanOrEqualTo(15)
                .allSatisfy((kernel, error) -> assertThat(error).as(kernel).isLessThan(1e-11));
    }

    @Test
    void everyKernelAndItsGradientEqualTheOracleInFloat32() {
        assertThat(KernelChecks.errors(manager, DataType.FLOAT32))
                .allSatisfy((kernel, error) -> assertThat(error).as(kernel).isLessThan(2e-5));
    }

    @Test
    void fusedAdamWFollowsTheFormula() {
        assertThat(KernelChecks.adamWError(manager, DataType.FLOAT64)).isLessThan(1e-12);
        assertThat(KernelChecks.adamWError(manager, DataType.FLOAT32)).isLessThan(1e-6);
    }

    @Test
    void adamWsFirstStepMovesEveryEntryByTheLearningRate() {
        NDArray parameter = manager.create(new float[]{1, 1, 1});
        NDArray gradient = manager.create(new float[]{3e-4f, -20, 7});
        NDArray steps = manager.zeros(new Shape());
        Kernels.adamW(new NDList(parameter), new NDList(gradient), new NDList(parameter.zerosLike()),
                new NDList(parameter.zerosLike()), new NDList(steps), new Kernels.AdamW(0.9, 0.999, 1e-12, 0), 0.25);
        assertThat(parameter.toFloatArray()).containsExactly(new float[]{0.75f, 1.25f, 0.75f}, within(1e-5f));
        assertThat(steps.toFloatArray()).containsExactly(1);
    }

    @Test
    void logSigmoidStaysFiniteAtMarginsOfTenThousand() {
        NDArray x = Autograd.leaf(manager.create(new double[]{-1e4, 0, 1e4}));
        NDArray y = Autograd.recording(() -> Kernels.logSigmoid(x));
        Autograd.backward(y, y.onesLike());
        assertThat(y.toDoubleArray()).containsExactly(-1e4, -Math.log(2), 0);
        assertThat(x.getGradient().toDoubleArray()).containsExactly(1, 0.5, 0); // σ(−x)
    }

    @Test
    void vocabularyKlOfOneDistributionIsZeroAndOfImpossibleTokensInfinite() {
        double never = Double.NEGATIVE_INFINITY;
        NDArray p = manager.create(new double[]{0, 0, never, 5, 5, 5, 0, 0, never}, new Shape(3, 3));
        NDArray q = manager.create(new double[]{1, 1, never, 1e4, 1e4, 1e4, 0, never, 0}, new Shape(3, 3));
        assertThat(Kernels.vocabularyKl(p, q).toDoubleArray()).containsExactly(0, 0, Double.POSITIVE_INFINITY);
    }

    @Test
    void vocabularyKlSendsNoNanBackThroughTokensThatPRulesOut() {
        double never = Double.NEGATIVE_INFINITY;
        NDArray p = manager.create(new double[]{0, 0, never}, new Shape(1, 3));
        NDArray q = Autograd.leaf(manager.create(new double[]{0, Math.log(3), never}, new Shape(1, 3)));
        NDArray kl = Autograd.recording(() -> Kernels.vocabularyKl(p, q));
        Autograd.backward(kl, kl.onesLike());
        // ½ log(½ / ¼) + ½ log(½ / ¾), and dKL/dq = softmax(q) − p
        assertThat(kl.toDoubleArray()[0]).isCloseTo(0.5 * Math.log(2) + 0.5 * Math.log(2 / 3.0), within(1e-12));
        assertThat(q.getGradient().toDoubleArray()).containsExactly(new double[]{-0.25, 0.25, 0}, within(1e-12));
    }

    @Test
    void selectLetsNoNanThrough() {
        NDArray x = Autograd.leaf(manager.create(new double[]{2, 0}));
        NDArray picked = Autograd.recording(() -> Kernels.select(manager.create(new boolean[]{true, false}), x.mul(3),
                manager.create(new double[]{Double.NaN, 7})));
        Autograd.backward(picked, picked.onesLike());
        assertThat(picked.toDoubleArray()).containsExactly(6, 7);
        assertThat(x.getGradient().toDoubleArray()).containsExactly(3, 0);
    }

    @Test
    void gradientNormCoversAllArraysAndShowsNan() {
        NDArray a = manager.create(new float[]{3, 0}, new Shape(1, 2));
        NDArray b = manager.create(new float[]{0, 0, 4});
        assertThat(Kernels.gradientNorm(new NDList(a, b)).toFloatArray()).containsExactly(5);
        assertThat(Oracles.gradientNorm(new NDList(a, b))).isEqualTo(5);
        Kernels.scaleInPlace(new NDList(a, b), 0.5);
        assertThat(Kernels.gradientNorm(new NDList(a, b)).toFloatArray()).containsExactly(2.5f);
        assertThat(Kernels.gradientNorm(new NDList(a, manager.create(new float[]{Float.NaN}))).toFloatArray())
                .containsExactly(Float.NaN);
    }

    @Test
    void bfloat16KeepsEightBits() {
        NDArray x = manager.create(new float[]{1, 2.5f, -3.1415927f, 1e-3f, 1 + 1f / 256});
        NDArray half = Kernels.cast(x, TorchType.BFLOAT16);
        float[] back = Kernels.toFloat32(half).toFloatArray();
        assertThat(back).containsExactly(1, 2.5f, -3.140625f, 0x1.06p-10f, 1); // halves round to even
        NDArray bytes = Kernels.reinterpret(half, TorchType.UINT8);
        assertThat(bytes.getShape()).isEqualTo(new Shape(10));
        NDArray again = Kernels.reinterpret(bytes, TorchType.BFLOAT16);
        assertThat(Kernels.toFloat32(again).toFloatArray()).containsExactly(back);
    }

    @Test
    void bfloat16ProductsApproximateFloat32AndGiveFloat32Gradients() {
        NDArray x = manager.randomNormal(new Shape(4, 6));
        NDArray w = Autograd.leaf(manager.randomNormal(new Shape(5, 6)));
        NDArray y = Autograd.recording(() -> Kernels.linearBf16(x, w));
        Autograd.backward(y, y.onesLike());
        assertThat(y.getDataType()).isEqualTo(DataType.FLOAT32);
        assertThat(y.toFloatArray()).containsExactly(Oracles.linear(x, w).toFloatArray(), within(0.1f));
        assertThat(w.getGradient().getDataType()).isEqualTo(DataType.FLOAT32);
        NDArray q = manager.randomNormal(new Shape(1, 2, 5, 8));
        assertThat(Kernels.causalAttentionBf16(q, q, q).toFloatArray())
                .containsExactly(Oracles.causalAttention(q, q, q).toFloatArray(), within(0.05f));
    }

    /** 300 positions are two whole blocks of queries and a part of a third. */
    @Test
    void attentionInBlocksOfBfloat16ApproximatesFloat32ThereAndBack() {
        Shape shape = new Shape(2, 3, 300, 16);
        NDArray upstream = manager.randomNormal(shape);
        List<NDArray> exact = List.of(leaf(shape), leaf(shape), leaf(shape));
        List<NDArray> rounded = exact.stream().map(Autograd::leaf).toList();

        NDArray expected = Autograd.recording(() -> Oracles.causalAttention(exact.get(0), exact.get(1), exact.get(2)));
        NDArray found = Autograd.recording(
                () -> Kernels.causalAttentionBlocksBf16(rounded.get(0), rounded.get(1), rounded.get(2)));
        Autograd.backward(expected, upstream);
        Autograd.backward(found, upstream);

        assertThat(found.getDataType()).isEqualTo(DataType.FLOAT32);
        assertThat(relativeError(found, expected)).isBetween(1e-4, 0.01);
        for (int i = 0; i < exact.size(); i++) {
            assertThat(relativeError(rounded.get(i).getGradient(), exact.get(i).getGradient())).isBetween(1e-4, 0.02);
        }
    }

    @Test
    void attentionInBlocksSeesNothingThatComesLater() {
        NDArray x = manager.randomNormal(new Shape(1, 2, 200, 8));
        NDArray other = Kernels.concat(new NDList(x.swapAxes(0, 2).get("0:150"),
                manager.randomNormal(new Shape(50, 2, 1, 8)))).swapAxes(0, 2);
        float[] before = first150(Kernels.causalAttentionBlocksBf16(x, x, x));
        assertThat(first150(Kernels.causalAttentionBlocksBf16(x, other, other))).containsExactly(before);
        assertThat(Kernels.causalAttentionBlocksBf16(x, other, other).toFloatArray())
                .isNotEqualTo(Kernels.causalAttentionBlocksBf16(x, x, x).toFloatArray());
    }

    private float[] first150(NDArray attended) {
        return attended.swapAxes(0, 2).get("0:150").toFloatArray();
    }

    private NDArray leaf(Shape shape) {
        return Autograd.leaf(manager.randomNormal(shape));
    }

    /** ‖found − expected‖ / ‖expected‖. */
    private static double relativeError(NDArray found, NDArray expected) {
        double off = found.sub(expected).norm().toType(DataType.FLOAT64, false).getDouble();
        return off / expected.norm().toType(DataType.FLOAT64, false).getDouble();
    }

    @Test
    void halfPrecisionsRoundTripThroughFloat64() {
        NDArray x = manager.create(new double[]{0.1, -7, 1e5});
        assertThat(Kernels.cast(Kernels.cast(x, TorchType.FLOAT64), TorchType.FLOAT32).getDataType())
                .isEqualTo(DataType.FLOAT32);
        assertThat(Kernels.toFloat32(Kernels.cast(x, TorchType.FLOAT16)).toFloatArray())
                .containsExactly(0.099975586f, -7, Float.POSITIVE_INFINITY);
    }

    @Test
    void aRepetitionPenaltyLowersTheLogitsOfTokensSeen() {
        NDArray logits = manager.create(new double[]{2, -2, 3, 4}, new Shape(1, 4));
        NDArray seen = manager.create(new long[]{0, 1, 0}, new Shape(1, 3));
        assertThat(Kernels.penalised(logits, seen, 2).toDoubleArray()).containsExactly(1, -4, 3, 4);
    }

    @Test
    void wrongShapesAreExceptions() {
        NDArray x = manager.ones(new Shape(2, 3));
        assertThatThrownBy(() -> Kernels.rmsNorm(x, manager.ones(new Shape(4)), 1e-5))
                .isInstanceOf(EngineException.class);
        assertThatThrownBy(() -> Kernels.tokenLogProbs(x, manager.create(new long[]{0, 3})))
                .isInstanceOf(EngineException.class);
    }

    @Test
    void narrowIsAViewThatCopyIntoWritesThrough() {
        NDArray x = manager.zeros(new Shape(2, 3));
        Kernels.copyInto(Kernels.narrow(x, 1, 1, 2), manager.create(new float[]{1, 2, 3, 4}, new Shape(2, 2)));
        assertThat(x.toFloatArray()).containsExactly(0, 1, 2, 0, 3, 4);
        assertThat(Kernels.selectRows(x, manager.create(new long[]{1})).toFloatArray()).containsExactly(0, 3, 4);
    }
}
