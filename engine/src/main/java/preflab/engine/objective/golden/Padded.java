package preflab.engine.objective.golden;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;

/** Ragged lists of sequences as padded arrays [N,T] or [N,T,V]. */
final class Padded {

    private final List<JsonNode> sequences;
    private final int width;
    private final NDManager manager;
    private final DataType type;

    Padded(List<JsonNode> sequences, NDManager manager, DataType type) {
        this.sequences = sequences;
        this.width = Math.max(1, sequences.stream().mapToInt(Padded::length).max().orElse(1));
        this.manager = manager;
        this.type = type;
    }

    static int length(JsonNode sequence) {
        return sequence.has("logp") ? sequence.get("logp").size() : sequence.get("logits").size();
    }

    boolean has(String field) {
        return !sequences.isEmpty() && sequences.stream().allMatch(s -> s.has(field));
    }

    int width() {
        return width;
    }

    /** V of a field of shape [T][V]. */
    int depth(String field) {
        return sequences.getFirst().get(field).get(0).size();
    }

    /** A field of numbers per token, [N,T], padded with this filler. */
    NDArray numbers(String field, double filler) {
        return array(values(field, filler), new Shape(sequences.size(), width));
    }

    /** A field of numbers per token and vocabulary entry, [N,T,V], padded with 0. */
    NDArray logits(String field) {
        int depth = depth(field);
        double[] values = new double[sequences.size() * width * depth];
        for (int i = 0; i < sequences.size(); i++) {
            JsonNode rows = sequences.get(i).get(field);
            for (int t = 0; t < rows.size(); t++) {
                for (int v = 0; v < depth; v++) {
                    values[(i * width + t) * depth + v] = Numbers.read(rows.get(t).get(v));
                }
            }
        }
        return array(values, new Shape(sequences.size(), width, depth));
    }

    /** A field of 0 and 1 per token, [N,T] boolean; where a sequence lacks it, every token of it counts. */
    NDArray flags(String field) {
        boolean[] flags = new boolean[sequences.size() * width];
        for (int i = 0; i < sequences.size(); i++) {
            JsonNode row = sequences.get(i).path(field);
            for (int t = 0; t < length(sequences.get(i)); t++) {
                flags[i * width + t] = row.isMissingNode() || row.get(t).asInt() == 1;
            }
        }
        return manager.create(flags, new Shape(sequences.size(), width));
    }

    /** A field of whole numbers per token, [N,T] int64, padded with 0. */
    NDArray integers(String field) {
        double[] values = values(field, 0);
        return manager.create(Arrays.stream(values).mapToLong(v -> (long) v).toArray(),
                new Shape(sequences.size(), width));
    }

    /** A field of 0 or 1 per sequence, [N] boolean. */
    NDArray flagPerSequence(String field) {
        boolean[] flags = new boolean[sequences.size()];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = sequences.get(i).get(field).asInt() == 1;
        }
        return manager.create(flags);
    }

    private double[] values(String field, double filler) {
        double[] values = new double[sequences.size() * width];
        Arrays.fill(values, filler);
        for (int i = 0; i < sequences.size(); i++) {
            JsonNode row = sequences.get(i).get(field);
            for (int t = 0; t < row.size(); t++) {
                values[i * width + t] = Numbers.read(row.get(t));
            }
        }
        return values;
    }

    private NDArray array(double[] values, Shape shape) {
        return manager.create(values, shape).toType(type, false);
    }
}
