package preflab.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import preflab.engine.tensor.Kernels;
import preflab.engine.tensor.Scopes;

/**
 * Keeps the keys and values of past tokens, so that a token costs one position's work. Slots 0 … P − 1 hold the prompts,
 * padded on the right to the longest; slot P + s holds the s-th new token of every row. The gap behind a shorter prompt
 * is masked; positions, and so rotary angles, are each row's own.
 */
final class CachedDecoder implements Decoder {

    private final TransformerPolicy policy;
    private final ModelConfig config;
    private final NDManager manager;
    private final List<NDList> weights = new ArrayList<>();
    private final List<NDArray> keys = new ArrayList<>(); // per layer [N,G,slots,d]
    private final List<NDArray> values = new ArrayList<>();
    private NDArray mask; // [N,1,1,slots], 0 or −∞
    private boolean masked;
    private int[] positions = {}; // each row's next position
    private int slot; // the next slot to fill
    private int prompt; // slots of prompts

    CachedDecoder(TransformerPolicy policy, NDManager manager) {
        this.policy = policy;
        this.config = policy.config();
        this.manager = manager.newSubManager();
        boolean fused = config.architecture().isLlama() && policy.adapter().isEmpty();
        for (int i = 0; fused && i < config.layers(); i++) {
            weights.add(policy.layerWeights(i));
        }
    }

    @Override
    public NDArray start(List<int[]> prompts, int maxNewTokens) {
        int longest = prompts.stream().mapToInt(p -> p.length).max().orElse(0);
        allocate(prompts.size(), longest + maxNewTokens);
        positions = prompts.stream().mapToInt(p -> p.length).toArray();
        masked = Arrays.stream(positions).anyMatch(length -> length < longest);
        replaceMask(gaps(longest, longest + maxNewTokens));
        slot = longest;
        prompt = longest;
        NDArray hidden = policy.hidden(RecomputingDecoder.padded(manager, prompts), (layer, k, v) -> {
            Kernels.copyInto(Kernels.narrow(keys.get(layer), 2, 0, longest), k);
            Kernels.copyInto(Kernels.narrow(values.get(layer), 2, 0, longest), v);
        });
        return policy.logits(RecomputingDecoder.last(hidden, prompts));
    }

    private void allocate(int rows, int slots) {
        free();
        Shape shape = new Shape(rows, config.keyValueHeads(), slots, config.headDim());
        for (int i = 0; i < config.layers(); i++) {
            keys.add(Scopes.unscoped(() -> manager.create(shape, policy.precision().weightType())));
            values.add(Scopes.unscoped(() -> manager.create(shape, policy.precision().weightType())));
        }
    }

    private float[] gaps(int longest, int slots) {
        float[] gaps = new float[positions.length * slots];
        for (int row = 0; row < positions.length; row++) {
            Arrays.fill(gaps, row * slots + positions[row], row * slots + longest, Float.NEGATIVE_INFINITY);
        }
        return gaps;
    }

    private void replaceMask(float[] gaps) {
        Shape shape = new Shape(positions.length, 1, 1, gaps.length / positions.length);
        mask = Scopes.unscoped(() -> manager.create(gaps, shape).toType(policy.precision().weightType(), false));
    }

    @Override
    public NDArray next(int[] tokens) {
        NDArray at = manager.create(longs(positions));
        int reached = Arrays.stream(positions).max().orElse(0) + 1;
        NDArray hidden = weights.isEmpty() ? byBlocks(tokens, at, reached) : fused(tokens, at, reached);
        slot++;
        for (int row = 0; row < positions.length; row++) {
            positions[row]++;
        }
        return policy.logits(hidden);
    }

    /** A plain Llama's layers, each in one call. */
    private NDArray fused(int[] tokens, NDArray at, int reached) {
        Rotary.Table angles = policy.angles(reached);
        NDArray cos = Kernels.embedding(at, angles.cos()); // [N,d]
        NDArray sin = Kernels.embedding(at, angles.sin());
        NDArray x = policy.blocks().embed(manager.create(longs(tokens)), at); // [N,D]
        Kernels.Slot place = new Kernels.Slot(cos, sin, mask, masked, slot);
        for (int i = 0; i < config.layers(); i++) {
            x = Kernels.decoderLayer(x, weights.get(i), keys.get(i), values.get(i), place, config.heads(),
                    config.keyValueHeads(), config.rmsNormEps());
        }
        return policy.blocks().finalNorm(x);
    }

    /** The same blocks as in training, one token long. */
    private NDArray byBlocks(int[] tokens, NDArray at, int reached) {
        int rows = tokens.length;
        NDArray x = policy.blocks().embed(manager.create(longs(tokens), new Shape(rows, 1)), at.reshape(rows, 1));
        CacheMixer mixer = new CacheMixer(config, keys, values, rows(policy.angles(reached), at),
                rows(policy.localAngles(reached), at), slot, prompt, positions, manager);
        for (int i = 0; i < config.layers(); i++) {
            x = policy.blocks().layer(x, i, mixer);
        }
        return policy.blocks().finalNorm(x).squeeze(1);
    }

    /** Each row's own angles, [N,1,1,w]. */
    private static Rotary.Table rows(Rotary.Table angles, NDArray at) {
        return angles == null ? null : new Rotary.Table(row(angles.cos(), at), row(angles.sin(), at));
    }

    private static NDArray row(NDArray table, NDArray at) {
        return Kernels.embedding(at, table).reshape(at.getShape().get(0), 1, 1, table.getShape().get(1));
    }

    private static long[] longs(int[] values) {
        return Arrays.stream(values).asLongStream().toArray();
    }

    @Override
    public void keep(int[] rows) {
        NDArray index = manager.create(longs(rows));
        for (int i = 0; i < config.layers(); i++) {
            keys.set(i, selected(keys.get(i), index));
            values.set(i, selected(values.get(i), index));
        }
        mask = selected(mask, index);
        positions = Arrays.stream(rows).map(row -> positions[row]).toArray();
    }

    private static NDArray selected(NDArray all, NDArray index) {
        NDArray some = Scopes.unscoped(() -> Kernels.selectRows(all, index));
        all.close();
        return some;
    }

    private void free() {
        keys.forEach(NDArray::close);
        values.forEach(NDArray::close);
        keys.clear();
        values.clear();
        if (mask != null) {
            mask.close();
            mask = null;
        }
    }

    @Override
    public void close() {
        free();
        manager.close();
    }
}
