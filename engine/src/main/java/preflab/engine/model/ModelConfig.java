package preflab.engine.model;

import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import preflab.engine.batch.ModelException;

/**
 * The shape of a decoder, as in {@code config.json}.
 *
 * @param headDim
 *            width of one attention head
 * @param rmsNormEps
 *            added to the mean square (or the variance) before the root
 * @param bosTokenId
 *            −1 if the model has none
 * @param eosTokenId
 *            −1 if the model has none
 * @param architecture
 *            how its family computes
 */
public record ModelConfig(String modelType, int vocabSize, int hiddenSize, int intermediateSize, int layers, int heads,
        int keyValueHeads, int headDim, int maxPositions, double rmsNormEps, double ropeTheta, boolean tiedEmbeddings,
        int bosTokenId, int eosTokenId, Architecture architecture) {

    public ModelConfig {
        positive("vocab_size", vocabSize);
        positive("hidden_size", hiddenSize);
        positive("intermediate_size", intermediateSize);
        positive("num_hidden_layers", layers);
        positive("num_attention_heads", heads);
        positive("num_key_value_heads", keyValueHeads);
        positive("head_dim", headDim);
        positive("max_position_embeddings", maxPositions);
        require(heads % keyValueHeads == 0, "num_attention_heads " + heads
                + " must be a multiple of num_key_value_heads " + keyValueHeads);
        int turned = architecture.attention().rope().width();
        require(turned % 2 == 0 && turned <= headDim,
                "head_dim " + headDim + " must leave an even number for rotary positions, not " + turned);
        require(rmsNormEps > 0, "rms_norm_eps must be above 0, not " + rmsNormEps);
        require(ropeTheta > 0, "rope_theta must be above 0, not " + ropeTheta);
    }

    /** A Llama-style decoder. */
    public ModelConfig(String modelType, int vocabSize, int hiddenSize, int intermediateSize, int layers, int heads,
            int keyValueHeads, int headDim, int maxPositions, double rmsNormEps, double ropeTheta,
            boolean tiedEmbeddings, int bosTokenId, int eosTokenId) {
        this(modelType, vocabSize, hiddenSize, intermediateSize, layers, heads, keyValueHeads, headDim, maxPositions,
                rmsNormEps, ropeTheta, tiedEmbeddings, bosTokenId, eosTokenId,
                Architecture.llama(new Rope(ropeTheta, headDim, Rope.UNSCALED)));
    }

    private static void positive(String name, int value) {
        require(value > 0, name + " must be above 0, not " + value);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ModelException(otherwise);
        }
    }

    /** The parameters by their Hugging Face names, in file order. Tied weights appear once. */
    public Map<String, Shape> parameterShapes() {
        Layout layout = architecture.layout();
        Shapes shapes = new Shapes(layout.transposed());
        shapes.all.put(layout.embedding() + ".weight", new Shape(vocabSize, hiddenSize));
        if (!layout.positions().isEmpty()) {
            shapes.all.put(layout.positions() + ".weight", new Shape(maxPositions, hiddenSize));
        }
        for (int i = 0; i < layers; i++) {
            layer(shapes, i);
        }
        shapes.norm(layout.finalNorm(), hiddenSize, architecture.norm());
        if (!tiedEmbeddings) {
            shapes.all.put(layout.head() + ".weight", new Shape(vocabSize, hiddenSize));
        }
        if (architecture.biases().head()) {
            shapes.all.put(layout.head() + ".bias", new Shape(vocabSize));
        }
        return shapes.all;
    }

    private void layer(Shapes shapes, int index) {
        Layout layout = architecture.layout();
        Architecture.Biases biases = architecture.biases();
        String prefix = layout.layer() + index + ".";
        long[] parts = {(long) heads * headDim, (long) keyValueHeads * headDim, (long) keyValueHeads * headDim};
        shapes.norm(prefix + layout.attentionNorm(), hiddenSize, architecture.norm());
        List<String> names = layout.queryKeyValue();
        for (int part = 0; part < names.size(); part++) {
            long out = names.size() == 1 ? parts[0] + parts[1] + parts[2] : parts[part];
            shapes.product(prefix + names.get(part), hiddenSize, out, biases.queryKeyValue());
        }
        if (architecture.attention().queryKeyNorm()) {
            shapes.norm(prefix + Layout.QUERY_NORM, headDim, architecture.norm());
            shapes.norm(prefix + Layout.KEY_NORM, headDim, architecture.norm());
        }
        shapes.product(prefix + layout.output(), parts[0], hiddenSize, biases.output());
        if (!layout.feedForwardNorm().isEmpty()) {
            shapes.norm(prefix + layout.feedForwardNorm(), hiddenSize, architecture.norm());
        }
        layout.outerNorms().forEach(name -> shapes.norm(prefix + name, hiddenSize, architecture.norm()));
        boolean joined = architecture.feedForward().gated() && layout.inputs().size() == 1;
        long inner = (joined ? 2L : 1L) * intermediateSize;
        layout.inputs().forEach(name -> shapes.product(prefix + name, hiddenSize, inner, biases.feedForward()));
        shapes.product(prefix + layout.down(), intermediateSize, hiddenSize, biases.feedForward());
    }

    /** Shapes by name, in the order they are put. */
    private static final class Shapes {
        private final Map<String, Shape> all = new LinkedHashMap<>();
        private final boolean transposed;

        Shapes(boolean transposed) {
            this.transposed = transposed;
        }

        void norm(String name, long width, Architecture.Norm norm) {
            all.put(name + ".weight", new Shape(width));
            if (norm == Architecture.Norm.LAYER) {
                all.put(name + ".bias", new Shape(width));
            }
        }

        void product(String name, long in, long out, boolean biased) {
            all.put(name + ".weight", transposed ? new Shape(in, out) : new Shape(out, in));
            if (biased) {
                all.put(name + ".bias", new Shape(out));
            }
        }
    }

    /** The same with another number of layers, of those it has; for measuring what one costs. */
    public ModelConfig withLayers(int count) {
        return new ModelConfig(modelType, vocabSize, hiddenSize, intermediateSize, count, heads, keyValueHeads, headDim,
                maxPositions, rmsNormEps, ropeTheta, tiedEmbeddings, bosTokenId, eosTokenId, architecture);
    }

    /** How many numbers the parameters hold. */
    public long parameterCount() {
        return parameterShapes().values().stream().mapToLong(Shape::size).sum();
    }
}
