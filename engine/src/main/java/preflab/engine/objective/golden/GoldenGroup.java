package preflab.engine.objective.golden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.IdentityHashMap;
import java.util.Optional;
import preflab.engine.objective.Needs.KlDirection;
import preflab.engine.objective.Role;
import preflab.engine.objective.SequenceScores;
import preflab.engine.tensor.Autograd;
import preflab.engine.tensor.Kernels;

/**
 * One group of sequences of a worked example: its leaves, the scores made from them, and their gradients. Padding holds
 * NaN, so that nothing under the mask can go unnoticed. Logits pass through the same kernels as a model's do.
 */
final class GoldenGroup {

    private final List<JsonNode> sequences;
    private final Padded padded;
    private final NDArray mask; // [N,T]
    private final KlDirection direction;
    private final Optional<NDArray> logProbs; // leaf [N,T]
    private final Optional<NDArray> logits; // leaf [N,T,V]
    private final Optional<NDArray> valueLogits; // leaf [N,T]
    private final SequenceScores scores;

    /** Call while a graph is being recorded. */
    GoldenGroup(List<JsonNode> sequences, KlDirection direction, NDManager manager, DataType type) {
        this.sequences = sequences;
        this.padded = new Padded(sequences, manager, type);
        this.direction = direction;
        this.mask = padded.flags("mask");
        this.logProbs = leaf("logp");
        this.logits = padded.has("logits") ? Optional.of(Autograd.leaf(padded.logits("logits"))) : Optional.empty();
        this.valueLogits = leaf("g_logit");
        this.scores = sequences.isEmpty() ? SequenceScores.empty(manager, type) : build();
    }

    private Optional<NDArray> leaf(String field) {
        return padded.has(field) ? Optional.of(Autograd.leaf(padded.numbers(field, Double.NaN))) : Optional.empty();
    }

    SequenceScores scores() {
        return scores;
    }

    private SequenceScores build() {
        Optional<NDArray> tokens = padded.has("tokens") ? Optional.of(padded.integers("tokens")) : Optional.empty();
        Optional<NDArray> clean = logits.map(this::unmasked);
        NDArray logp = logProbs.orElseGet(() -> realised(clean.orElseThrow(), tokens));
        SequenceScores.Builder builder = SequenceScores.builder(logp, mask);
        if (padded.has("ref_logits")) {
            NDArray reference = unmasked(padded.logits("ref_logits"));
            builder.reference(Role.REFERENCE, realised(reference, tokens));
            builder.vocabularyKl(direction == KlDirection.REVERSE
                    ? Kernels.vocabularyKl(clean.orElseThrow(), reference)
                    : Kernels.vocabularyKl(reference, clean.orElseThrow()));
        }
        addConstants(builder);
        valueLogits.ifPresent(builder::valueLogits);
        return builder.build();
    }

    private void addConstants(SequenceScores.Builder builder) {
        if (padded.has("ref_logp")) {
            builder.reference(Role.REFERENCE, padded.numbers("ref_logp", Double.NaN));
        }
        if (padded.has("prev_logp")) {
            builder.reference(Role.PREVIOUS, padded.numbers("prev_logp", Double.NaN));
        }
        if (padded.has("label")) {
            builder.labels(padded.flags("label"));
        }
        if (padded.has("step")) {
            builder.steps(padded.integers("step"));
        }
        if (padded.has("answer_label")) {
            builder.answerLabels(padded.flagPerSequence("answer_label"));
        }
    }

    /** Logits [N,T,V] with zeros where the mask does not hold. */
    private NDArray unmasked(NDArray all) {
        return Kernels.select(mask.expandDims(2), all, all.zerosLike());
    }

    /** Log-probabilities of the tokens [N,T]; zeros for a group that has none. */
    private NDArray realised(NDArray all, Optional<NDArray> tokens) {
        return tokens.map(t -> Kernels.tokenLogProbs(all.reshape(-1, all.getShape().get(2)), t.flatten())
                .reshape(mask.getShape())).orElseGet(() -> all.sum(new int[]{2}).zerosLike());
    }

    /** The gradients of the leaves, per sequence of the file. */
    void collectGradients(IdentityHashMap<JsonNode, ObjectNode> gradients) {
        for (JsonNode sequence : sequences) {
            gradients.put(sequence, JsonNodeFactory.instance.objectNode());
        }
        logProbs.ifPresent(leaf -> rows(gradients, "logp", leaf));
        valueLogits.ifPresent(leaf -> rows(gradients, "g_logit", leaf));
        logits.ifPresent(leaf -> logitRows(gradients, leaf));
    }

    private void rows(IdentityHashMap<JsonNode, ObjectNode> gradients, String field, NDArray leaf) {
        double[] values = gradient(leaf);
        for (int i = 0; i < sequences.size(); i++) {
            ArrayNode row = Numbers.write(values, i * padded.width(), Padded.length(sequences.get(i)));
            gradients.get(sequences.get(i)).set(field, row);
        }
    }

    private void logitRows(IdentityHashMap<JsonNode, ObjectNode> gradients, NDArray leaf) {
        double[] values = gradient(leaf);
        int depth = padded.depth("logits");
        for (int i = 0; i < sequences.size(); i++) {
            ArrayNode rows = gradients.get(sequences.get(i)).putArray("logits");
            for (int t = 0; t < Padded.length(sequences.get(i)); t++) {
                rows.add(Numbers.write(values, (i * padded.width() + t) * depth, depth));
            }
        }
    }

    private static double[] gradient(NDArray leaf) {
        return leaf.getGradient().toType(DataType.FLOAT64, false).toDoubleArray();
    }
}
