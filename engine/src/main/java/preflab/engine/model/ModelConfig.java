package preflab.engine.model;

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
}
