package preflab.engine.train;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import preflab.engine.batch.Sequence;
import preflab.engine.eval.TokenOutputs;

/** Says in which tensor, and in which rows of the data, a value stopped being a number. */
final class NonFinite {

    private static final int NAMED = 10;

    private NonFinite() {
    }

    /** The first tensor on the way from the models to the loss that is not finite, with the rows it is not finite in. */
    static String explain(double loss, List<Sequence> sequences, TokenOutputs outputs) {
        Map<String, NDArray> onTheWay = new LinkedHashMap<>();
        outputs.references().forEach((role, array) -> onTheWay.put(
                role.name().toLowerCase(Locale.ROOT) + " log-probabilities", array));
        onTheWay.put("token log-probabilities", outputs.logProbs());
        outputs.valueLogits().ifPresent(array -> onTheWay.put("value logits", array));
        outputs.vocabularyKl().ifPresent(array -> onTheWay.put("vocabulary KL", array));
        for (Map.Entry<String, NDArray> entry : onTheWay.entrySet()) {
            List<Integer> rows = rows(sequences, entry.getValue());
            if (!rows.isEmpty()) {
                return "the " + entry.getKey() + " are not finite in " + named(rows);
            }
        }
        return "the loss is " + loss + " though all log-probabilities are finite, in " + named(
                sequences.stream().map(Sequence::row).distinct().sorted().toList());
    }

    private static List<Integer> rows(List<Sequence> sequences, NDArray perToken) {
        float[] values = perToken.toFloatArray();
        TreeSet<Integer> rows = new TreeSet<>();
        int start = 0;
        for (Sequence sequence : sequences) {
            int end = start + sequence.activeTokens();
            boolean finite = true;
            for (float value : Arrays.copyOfRange(values, start, end)) {
                finite &= Float.isFinite(value);
            }
            if (!finite) {
                rows.add(sequence.row());
            }
            start = end;
        }
        return new ArrayList<>(rows);
    }

    /** {@code row 7}, {@code rows 1, 2, 3}, {@code rows 1, 2, … and 54 more}. */
    static String named(List<Integer> rows) {
        String list = String.join(", ", rows.stream().limit(NAMED).map(row -> Integer.toString(row)).toList());
        String more = rows.size() > NAMED ? " and " + (rows.size() - NAMED) + " more" : "";
        return (rows.size() == 1 ? "row " : "rows ") + list + more;
    }
}
