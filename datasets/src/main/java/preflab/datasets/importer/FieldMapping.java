package preflab.datasets.importer;

import java.util.Map;
import java.util.Optional;

/**
 * Which column of a file holds which canonical field ({@code prompt}, {@code chosen}, {@code rejected},
 * {@code completion}, {@code label}, …). Fields that are not named here are looked for under their usual names.
 *
 * @param columns
 *            field → column
 */
public record FieldMapping(Map<String, String> columns) {

    /** Everything is to be detected. */
    public static final FieldMapping NONE = new FieldMapping(Map.of());

    public FieldMapping {
        columns = Map.copyOf(columns);
    }

    /** The column a person gave for this field. */
    public Optional<String> column(String field) {
        return Optional.ofNullable(columns.get(field));
    }
}
