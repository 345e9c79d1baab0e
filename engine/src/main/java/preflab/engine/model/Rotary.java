package preflab.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import preflab.engine.tensor.Kernels;
import preflab.engine.tensor.Scopes;

/**
 * Cosines and sines of rotary angles, each pair (i, i + w/2) of the turned width w sharing one. Computed in double, kept
 * for as many positions as were ever asked for.
 */
final class Rotary {

    private static final int FEWEST_POSITIONS = 64;

    /** Angles of successive positions, [T, w], or of one position per row, [N, 1, 1, w]. */
    record Table(NDArray cos, NDArray sin) {
        /** x [N, heads, T, d]; of a head that is wider than the tables the rest stays. */
        NDArray rotate(NDArray x) {
            return x.getShape().get(3) == cos.getShape().get(cos.getShape().dimension() - 1)
                    ? Kernels.rope(x, cos, sin)
                    : Kernels.ropePartial(x, cos, sin);
        }
    }

    private final Rope rope;
    private final int maxPositions;
    private final DataType type;
    private final NDManager manager;
    private NDArray cos; // [positions, w]
    private NDArray sin;
    private int positions;

    Rotary(Rope rope, int maxPositions, DataType type, NDManager manager) {
        this.rope = rope;
        this.maxPositions = maxPositions;
        this.type = type;
        this.manager = manager;
    }

    /** The angles of the first positions, [length, w]; null if nothing is turned. */
    Table angles(int length) {
        if (rope.width() == 0) {
            return null;
        }
        reach(length);
        return new Table(Kernels.narrow(cos, 0, 0, length), Kernels.narrow(sin, 0, 0, length));
    }

    /** The whole tables, [at least count, w]; null if nothing is turned. */
    Table atLeast(int count) {
        if (rope.width() == 0) {
            return null;
        }
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
        positions = Math.max(FEWEST_POSITIONS, Math.min(maxPositions, Integer.highestOneBit(count - 1) * 2));
        double[] angles = radians(positions);
        Shape shape = new Shape(positions, rope.width());
        cos = Scopes.unscoped(() -> manager.create(angles, shape).cos().toType(type, true));
        sin = Scopes.unscoped(() -> manager.create(angles, shape).sin().toType(type, true));
    }

    private double[] radians(int count) {
        int w = rope.width();
        double[] angles = new double[count * w];
        for (int i = 0; i < w / 2; i++) {
            double frequency = rope.frequency(i);
            for (int t = 0; t < count; t++) {
                angles[t * w + i] = t * frequency;
                angles[t * w + i + w / 2] = t * frequency;
            }
        }
        return angles;
    }
}
