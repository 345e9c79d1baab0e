package preflab.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import preflab.engine.tensor.Kernels;

/** Attention of one new token per row to the keys and values kept of those before it. */
final class CacheMixer implements Blocks.Mixer {

    private final ModelConfig config;
    private final Architecture.Attention attention;
    private final List<NDArray> keys; // per layer [N,G,slots,d]
    private final List<NDArray> values;
    private final Rotary.Table angles; // [N,1,1,w], or null
    private final Rotary.Table localAngles;
    private final int slot;
    private final int prompt; // slots of prompts
    private final int[] positions; // of the new tokens
    private final NDManager manager;

    CacheMixer(ModelConfig config, List<NDArray> keys, List<NDArray> values, Rotary.Table angles,
            Rotary.Table localAngles, int slot, int prompt, int[] positions, NDManager manager) {
        this.config = config;
        this.attention = config.architecture().attention();
        this.keys = keys;
        this.values = values;
        this.angles = angles;
        this.localAngles = localAngles;
        this.slot = slot;
        this.prompt = prompt;
        this.positions = positions.clone();
        this.manager = manager;
    }

    @Override
    public NDArray rotated(int layer, NDArray x) {
        return (attention.window(layer) == Integer.MAX_VALUE ? angles : localAngles).rotate(x);
    }

    @Override
    public NDArray mix(int layer, NDArray queries, NDArray newKeys, NDArray newValues) {
        Kernels.copyInto(Kernels.narrow(keys.get(layer), 2, slot, 1), newKeys);
        Kernels.copyInto(Kernels.narrow(values.get(layer), 2, slot, 1), newValues);
        NDArray k = CausalMixer.expanded(Kernels.narrow(keys.get(layer), 2, 0, slot + 1L), config);
        NDArray v = CausalMixer.expanded(Kernels.narrow(values.get(layer), 2, 0, slot + 1L), config);
        NDArray sees = sees(attention.window(layer));
        if (attention.cap() > 0) {
            return Kernels.cappedAttention(queries, k, v, sees, CausalMixer.scale(attention, config),
                    attention.cap());
        }
        return Kernels.maskedAttention(CausalMixer.scaled(queries, attention, config), k, v, sees);
    }

    /** Whether the new token of each row sees what lies in a slot: [N,1,1,slots so far]. */
    private NDArray sees(int window) {
        boolean[] sees = new boolean[positions.length * (slot + 1)];
        for (int row = 0; row < positions.length; row++) {
            int begun = positions[row] - (slot - prompt); // tokens of this row's prompt
            for (int s = 0; s <= slot; s++) {
                int at = s < prompt ? s : begun + s - prompt;
                boolean filled = s >= prompt || s < begun;
                sees[row * (slot + 1) + s] = filled && positions[row] - at < window;
            }
        }
        return manager.create(sees, new Shape(positions.length, 1, 1, slot + 1L));
    }
}
