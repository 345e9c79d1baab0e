package preflab.engine.model;

import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import preflab.engine.batch.ModelException;

/**
 * The shape of a Llama-style decoder, as in {@code config.json}.
 *
 * @param headDim
 *            width of one attention head
 * @param bosTokenId
 *            −1 if the model has none
 * @param eosTokenId
 *            −1 if the model has none
 */
public record ModelConfig(String modelType, int vocabSize, int hiddenSize, int intermediateSize, int layers, int heads,
        int keyValueHeads, int headDim, int maxPositions, double rmsNormEps, double ropeTheta, boolean tiedEmbeddings,
        int bosTokenId, int eosTokenId) {

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
        require(headDim % 2 == 0, "head_dim must be even for rotary positions, not " + headDim);
        require(rmsNormEps > 0, "rms_norm_eps must be above 0, not " + rmsNormEps);
        require(ropeTheta > 0, "rope_theta must be above 0, not " + ropeTheta);
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
        Map<String, Shape> shapes = new LinkedHashMap<>();
        shapes.put(ParameterNames.EMBEDDING, new Shape(vocabSize, hiddenSize));
        for (int i = 0; i < layers; i++) {
            ParameterNames names = ParameterNames.ofLayer(i);
            shapes.put(names.attentionNorm(), new Shape(hiddenSize));
            shapes.put(names.query(), new Shape((long) heads * headDim, hiddenSize));
            shapes.put(names.key(), new Shape((long) keyValueHeads * headDim, hiddenSize));
            shapes.put(names.value(), new Shape((long) keyValueHeads * headDim, hiddenSize));
            shapes.put(names.output(), new Shape(hiddenSize, (long) heads * headDim));
            shapes.put(names.feedForwardNorm(), new Shape(hiddenSize));
            shapes.put(names.gate(), new Shape(intermediateSize, hiddenSize));
            shapes.put(names.up(), new Shape(intermediateSize, hiddenSize));
            shapes.put(names.down(), new Shape(hiddenSize, intermediateSize));
        }
        shapes.put(ParameterNames.FINAL_NORM, new Shape(hiddenSize));
        if (!tiedEmbeddings) {
            shapes.put(ParameterNames.HEAD, new Shape(vocabSize, hiddenSize));
        }
        return shapes;
    }

    /** How many numbers the parameters hold. */
    public long parameterCount() {
        return parameterShapes().values().stream().mapToLong(Shape::size).sum();
    }
}
