package preflab.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import preflab.engine.tensor.Kernels;
import preflab.engine.tensor.Scopes;

/**
 * Cosines and sines of the rotary angles t · θ^(−2i/d), each pair (i, i + d/2) sharing one. Computed in double, kept for
 * as many positions as were ever asked for.
 */
final class Rotary {

    private static final int FEWEST_POSITIONS = 64;

    /** Angles of successive positions, [T, d]. */
    record Table(NDArray cos, NDArray sin) {
        /** x [N, heads, T, d]. */
        NDArray rotate(NDArray x) {
            return Kernels.rope(x, cos, sin);
        }
    }

    private final ModelConfig config;
    private final DataType type;
    private final NDManager manager;
    private NDArray cos; // [positions, d]
    private NDArray sin;
    private int positions;

    Rotary(ModelConfig config, DataType type, NDManager manager) {
        this.config = config;
        this.type = type;
        this.manager = manager;
    }

    /** The angles of positions start … start + length − 1. */
    Table positions(int start, int length) {
        reach(start + length);
        return new Table(Kernels.narrow(cos, 0, start, length), Kernels.narrow(sin, 0, start, length));
    }

    /** The whole tables, [at least count, d]. */
    Table atLeast(int count) {
        reach(count);
        return new Table(cos, sin);
    }

    private void reach(int count) {
        if (count <= positions) {
            return;
        }
        if (cos != null) {
            cos.close();
            sin.close();
        }
        positions = Math.max(FEWEST_POSITIONS, Math.min(config.maxPositions(), Integer.highestOneBit(count - 1) * 2));
        double[] angles = angles(positions);
        Shape shape = new Shape(positions, config.headDim());
        cos = Scopes.unscoped(() -> manager.create(angles, shape).cos().toType(type, true));
        sin = Scopes.unscoped(() -> manager.create(angles, shape).sin().toType(type, true));
    }

    private double[] angles(int count) {
        int d = config.headDim();
        double[] angles = new double[count * d];
        for (int i = 0; i < d / 2; i++) {
            double frequency = Math.pow(config.ropeTheta(), -2.0 * i / d);
            for (int t = 0; t < count; t++) {
                angles[t * d + i] = t * frequency;
                angles[t * d + i + d / 2] = t * frequency;
            }
        }
        return angles;
    }
}
