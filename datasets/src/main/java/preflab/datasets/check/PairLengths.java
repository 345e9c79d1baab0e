package preflab.datasets.check;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;

/** Which answer of a pair is the longer one: how far length alone would get in telling them apart. */
final class PairLengths {

    private long longer;
    private long shorter;
    private long equal;

    void add(PreferenceExample row) {
        if (row instanceof Paired pair) {
            int difference = Integer.compare(pair.chosen().text().length(), pair.rejected().text().length());
            longer += difference > 0 ? 1 : 0;
            shorter += difference < 0 ? 1 : 0;
            equal += difference == 0 ? 1 : 0;
        }
    }

    Optional<Composition> composition() {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("the longer one chosen", longer);
        counts.put("the shorter one chosen", shorter);
        counts.put("equally long", equal);
        return longer + shorter + equal == 0
                ? Optional.empty()
                : Optional.of(new Composition("pair_lengths", "Lengths of the two answers", counts));
    }
}
