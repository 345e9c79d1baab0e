package preflab.datasets.store;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import preflab.datasets.example.DatasetVersionId;

/**
 * Where the rows of a version come from.
 *
 * @param text
 *            in words, for people
 * @param action
 *            what made them: {@code import}, or the id of a conversion, …
 * @param parents
 *            the versions they were made from; none for an import
 * @param settings
 *            what the action was told, sorted by name
 */
public record Origin(String text, String action, List<DatasetVersionId> parents, Map<String, String> settings) {
    public Origin {
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(action, "action");
        parents = List.copyOf(parents);
        settings = java.util.Collections.unmodifiableMap(new TreeMap<>(settings));
    }

    /** Words alone, for rows made by a program. */
    public static Origin of(String text) {
        return new Origin(text, "made", List.of(), Map.of());
    }
}
