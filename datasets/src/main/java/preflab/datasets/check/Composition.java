package preflab.datasets.check;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What rows are made of, for a picture: parts that add up to a whole.
 *
 * @param id
 *            stable: {@code repeats}, {@code prompts}, {@code splits}, {@code held_out}, {@code pair_lengths}
 * @param title
 *            what is counted
 * @param counts
 *            part → rows, in a fixed order
 */
public record Composition(String id, String title, Map<String, Long> counts) {

    public Composition {
        counts = Collections.unmodifiableMap(new LinkedHashMap<>(counts));
    }

    /** How many there are of all parts. */
    public long whole() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
