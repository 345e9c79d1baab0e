package preflab.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.engine.batch.ModelException;
import preflab.engine.tensor.Autograd;
import preflab.engine.tensor.Torch;

class ValueHeadTest {

    private NDManager manager;

    @BeforeEach
    void open() {
        manager = Torch.newManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void itBeginsAtOneHalf() {
        ValueHead head = ValueHead.random(8, 1, manager, Precision.FLOAT32);
        NDArray logits = head.logits(manager.ones(new Shape(2, 5, 8)));
        assertThat(logits.getShape()).isEqualTo(new Shape(2, 5));
        assertThat(logits.toFloatArray()).containsOnly(0); // σ(0) = ½
    }

    @Test
    void itComputesTwoLayers() {
        ValueHead head = ValueHead.random(2, 1, manager, Precision.FLOAT64);
        head.parameters().get("value_head.0.weight").set(new double[]{1, 2, 0, -1});
        head.parameters().get("value_head.0.bias").set(new double[]{0.5, 0});
        head.parameters().get("value_head.2.weight").set(new double[]{3, 10});
        head.parameters().get("value_head.2.bias").set(new double[]{-1});
        double[] logits = head.logits(manager.create(new double[]{1, 0.25}, new Shape(1, 2))).toDoubleArray();
        double first = 2 / (1 + Math.exp(-2)); // silu(1 + 2·¼ + ½)
        double second = -0.25 / (1 + Math.exp(0.25)); // silu(−¼)
        assertThat(logits).containsExactly(new double[]{3 * first + 10 * second - 1}, within(1e-12));
    }

    @Test
    void aStepAfterTheFirstReachesBothLayersAndTheTrunk() {
        ValueHead head = ValueHead.random(4, 1, manager, Precision.FLOAT32);
        head.setTrainable(true);
        NDArray hidden = Autograd.leaf(manager.randomNormal(new Shape(3, 4)));
        NDArray atStart = Autograd.recording(() -> head.logits(hidden));
        Autograd.backward(atStart, atStart.onesLike());
        NDArray last = head.parameters().get("value_head.2.weight");
        assertThat(last.getGradient().norm().getFloat()).isPositive();
        NDArray step = last.getGradient().mul(0.1);
        head.setTrainable(false);
        last.subi(step);
        head.setTrainable(true);
        NDArray later = Autograd.recording(() -> head.logits(hidden));
        Autograd.backward(later, later.onesLike());
        assertThat(head.parameters()).allSatisfy((name, p) -> assertThat(p.getGradient().norm().getFloat()).as(name)
                .isPositive());
        assertThat(hidden.getGradient().norm().getFloat()).isPositive();
    }

    @Test
    void itIsKeptBesideACheckpoint(@TempDir Path folder) {
        ValueHead head = ValueHead.random(4, 7, manager, Precision.FLOAT32);
        assertThat(ValueHead.isIn(folder)).isFalse();
        assertThatThrownBy(() -> ValueHead.load(folder, manager, Precision.FLOAT32)).isInstanceOf(ModelException.class);
        head.save(folder);
        assertThat(ValueHead.isIn(folder)).isTrue();
        ValueHead again = ValueHead.load(folder, manager, Precision.FLOAT32);
        head.parameters().forEach(
                (name, p) -> assertThat(again.parameters().get(name).toFloatArray()).isEqualTo(p.toFloatArray()));
    }
}
