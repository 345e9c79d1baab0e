package preflab.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import preflab.engine.batch.ModelException;
import preflab.engine.tensor.Autograd;
import preflab.engine.tensor.Scopes;
import preflab.engine.tensor.Torch;

class TransformerPolicyTest {

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = Torch.newManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private NDArray ids(int rows, int length) {
        long[] tokens = new SplittableRandom(4).longs((long) rows * length, 0, 23).toArray();
        return manager.create(tokens, new Shape(rows, length));
    }

    /** Σ w_nt log π(y_nt), with a different weight for each token. */
    private static NDArray loss(Policy policy, NDArray ids) {
        NDArray logProbs = TokenLogProbs.of(policy, ids);
        double[] weights = new double[(int) logProbs.size()];
        Arrays.setAll(weights, i -> Math.sin(1 + i));
        return logProbs.mul(ids.getManager().create(weights, logProbs.getShape()).toType(logProbs.getDataType(), false))
                .sum();
    }

    private static double value(Policy policy, NDArray ids) {
        return Autograd.without(() -> Scopes.within(() -> loss(policy, ids).toType(DataType.FLOAT64, false)
                .toDoubleArray()[0]));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void gradientsEqualCentralDifferencesInFloat64(boolean tied) {
        TransformerPolicy policy = TransformerPolicy.random(TinyModels.config(tied), 3, manager, Precision.FLOAT64);
        policy.parameters().values().forEach(p -> p.muli(3)); // away from the flat start
        policy.setTrainable(true);
        NDArray ids = ids(2, 7);
        Autograd.backward(Autograd.recording(() -> loss(policy, ids)));
        Map<String, double[]> gradients = new LinkedHashMap<>();
        policy.parameters().forEach((name, p) -> gradients.put(name, p.getGradient().toDoubleArray()));
        policy.setTrainable(false);
        SplittableRandom random = new SplittableRandom(6);
        policy.parameters().forEach((name, p) -> {
            for (int k = 0; k < 4; k++) {
                int at = random.nextInt((int) p.size());
                double difference = (shifted(policy, ids, p, at, 1e-5) - shifted(policy, ids, p, at, -1e-5)) / 2e-5;
                assertThat(gradients.get(name)[at]).as("%s[%d]", name, at).isCloseTo(difference, within(1e-6));
            }
        });
    }

    private static double shifted(Policy policy, NDArray ids, NDArray parameter, int at, double by) {
        double[] values = parameter.toDoubleArray();
        values[at] += by;
        parameter.set(values);
        double value = value(policy, ids);
        values[at] -= by;
        parameter.set(values);
        return value;
    }

    @ParameterizedTest
    @ValueSource(strings = {"float32", "float64", "bfloat16"})
    void everyTrainableParameterGetsAGradient(String precision) {
        ModelConfig config = precision.equals("bfloat16") ? TinyModels.wide() : TinyModels.config(false);
        TransformerPolicy policy = TransformerPolicy.random(config, 3, manager, Precision.of(precision));
        policy.setTrainable(true);
        NDArray ids = ids(3, 9);
        Autograd.backward(Autograd.recording(() -> loss(policy, ids)));
        assertThat(policy.parameters()).hasSize(1 + 2 * 9 + 2).allSatisfy((name, p) -> {
            assertThat(p.hasGradient()).as(name).isTrue();
            assertThat(p.getGradient().toType(DataType.FLOAT64, false).norm().toDoubleArray()[0]).as(name)
                    .isGreaterThan(1e-8).isFinite();
        });
    }

    @Test
    void nothingIsRecordedUnlessGradModeIsOn() {
        TransformerPolicy policy = TransformerPolicy.random(TinyModels.config(true), 3, manager);
        policy.setTrainable(true);
        NDArray ids = ids(1, 4);
        NDArray unrecorded = Autograd.without(() -> policy.hidden(ids));
        assertThatThrownBy(() -> Autograd.backward(unrecorded)).isInstanceOf(EngineException.class);
        Autograd.backward(Autograd.recording(() -> policy.hidden(ids)));
        assertThat(policy.parameters().get("model.norm.weight").getGradient().norm().getFloat()).isPositive();
        policy.setTrainable(false);
        NDArray frozen = Autograd.recording(() -> policy.hidden(ids));
        assertThatThrownBy(() -> Autograd.backward(frozen)).isInstanceOf(EngineException.class);
    }

    @Test
    void paddingOnTheRightChangesNothing() {
        TransformerPolicy policy = TinyModels.lively(3, manager, Precision.FLOAT32);
        double[] alone = scores(policy, ids(1, 6));
        long[] tokens = Arrays.copyOf(ids(1, 6).toLongArray(), 40);
        double[] padded = scores(policy, manager.create(tokens, new Shape(1, 40)));
        assertThat(Arrays.copyOf(padded, 5)).containsExactly(alone, within(1e-5));
    }

    private static double[] scores(Policy policy, NDArray ids) {
        return Autograd.without(() -> TokenLogProbs.of(policy, ids).toType(DataType.FLOAT64, false).toDoubleArray());
    }

    @Test
    void precisionsAgreeAsFarAsTheyReach() {
        double[] exact = scores(TinyModels.lively(3, manager, Precision.FLOAT64), ids(2, 9));
        assertThat(scores(TinyModels.lively(3, manager, Precision.FLOAT32), ids(2, 9)))
                .containsExactly(exact, within(1e-4));
        double[] wide = scores(TransformerPolicy.random(TinyModels.wide(), 3, manager, Precision.FLOAT64), ids(2, 9));
        assertThat(scores(TransformerPolicy.random(TinyModels.wide(), 3, manager, Precision.BFLOAT16), ids(2, 9)))
                .containsExactly(wide, within(0.01)).doesNotContain(wide, within(1e-6));
    }

    @Test
    void bfloat16LeavesNarrowProductsInFloat32() {
        assertThat(scores(TinyModels.lively(3, manager, Precision.BFLOAT16), ids(2, 9)))
                .containsExactly(scores(TinyModels.lively(3, manager, Precision.FLOAT32), ids(2, 9)));
        assertThat(Precision.BFLOAT16.rounds(128, 128)).isTrue();
        assertThat(Precision.BFLOAT16.rounds(64, 172)).isFalse();
        assertThat(Precision.BFLOAT16.rounds(172, 64)).isFalse();
        assertThat(Precision.FLOAT32.rounds(4096, 4096)).isFalse();
    }

    @Test
    void adaptersOfWideMatricesGetGradientsUnderBfloat16() {
        TransformerPolicy base = TransformerPolicy.random(TinyModels.wide(), 3, manager, Precision.BFLOAT16);
        LoraAdapter adapter = LoraAdapter.random(TinyModels.wide(), new LoraSettings(4, 8, 0, LoraSettings.ALL), 1,
                manager, Precision.BFLOAT16);
        TransformerPolicy adapted = base.adapted(adapter);
        adapted.setTrainable(true);
        NDArray ids = ids(3, 9);
        assertThat(scores(adapted, ids)).containsExactly(scores(base, ids)); // B is zero
        Autograd.backward(Autograd.recording(() -> loss(adapted, ids)));
        assertThat(adapter.parameters()).allSatisfy((name, p) -> assertThat(p.getGradient().norm().getFloat())
                .as(name).matches(norm -> name.endsWith(LoraAdapter.B) ? norm > 1e-8 : norm == 0, "gradient"));
    }

    @Test
    void probabilitiesOfAllNextTokensSumToOne() {
        TransformerPolicy policy = TinyModels.lively(3, manager, Precision.FLOAT64);
        double sum = 0;
        for (long next = 0; next < 23; next++) {
            sum += Math.exp(scores(policy, manager.create(new long[]{4, 5, next}, new Shape(1, 3)))[1]);
        }
        assertThat(sum).isCloseTo(1, within(1e-12));
    }

    @Test
    void theSeedDecidesTheWeights() {
        float[] one = head(TransformerPolicy.random(TinyModels.config(false), 1, manager));
        assertThat(head(TransformerPolicy.random(TinyModels.config(false), 1, manager))).isEqualTo(one);
        assertThat(head(TransformerPolicy.random(TinyModels.config(false), 2, manager))).isNotEqualTo(one);
    }

    private static float[] head(TransformerPolicy policy) {
        return policy.parameters().get("lm_head.weight").toFloatArray();
    }

    @Test
    void tooLongSequencesAreRefusedInWords() {
        TransformerPolicy policy = TransformerPolicy.random(TinyModels.config(true), 1, manager);
        assertThatThrownBy(() -> policy.hidden(ids(1, 129))).isInstanceOf(ModelException.class)
                .hasMessageContaining("129 tokens").hasMessageContaining("128 positions");
    }

    @Test
    void thousandsOfMicroStepsLeaveNoArrayBehind() {
        TransformerPolicy policy = TransformerPolicy.random(TinyModels.config(true), 1, manager);
        policy.setTrainable(true);
        NDManager own = policy.parameters().values().iterator().next().getManager();
        NDArray ids = ids(2, 5);
        List<Integer> counts = new ArrayList<>();
        for (int step = 0; step < 2_000; step++) {
            Scopes.within(() -> {
                Autograd.backward(Autograd.recording(() -> loss(policy, ids)));
                policy.parameters().values().forEach(Autograd::zeroGradient);
                return ids;
            });
            if (step % 500 == 0) {
                counts.add(own.getManagedArrays().size() + manager.getManagedArrays().size());
            }
        }
        assertThat(counts).containsOnly(counts.getFirst());
    }

    @Test
    void parametersOutliveTheScopeTheyWereMadeIn() {
        TransformerPolicy[] policy = new TransformerPolicy[1];
        Scopes.within(() -> {
            policy[0] = TransformerPolicy.random(TinyModels.config(true), 1, manager);
            policy[0].hidden(ids(1, 4));
            return policy;
        });
        assertThat(policy[0].hidden(ids(1, 5)).getShape()).isEqualTo(new Shape(1, 5, 16));
    }
}
