package preflab.datasets.importer;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which column of a file holds which canonical field ({@code prompt}, {@code chosen}, {@code rejected},
 * {@code completion}, {@code label}, …). Fields that are not named here are looked for under their usual names.
 *
 * @param columns
 *            field → column; for {@code label} also a column of ratings and the least good one,
 *            {@code helpfulness>=3}
 */
public record FieldMapping(Map<String, String> columns) {

    /** Everything is to be detected. */
    public static final FieldMapping NONE = new FieldMapping(Map.of());

    public FieldMapping {
        columns = Map.copyOf(columns);
    }

    /** The names of the columns, without the least good rating that may be written behind one. */
    public Set<String> columnNames() {
        return columns.values().stream().map(FieldMapping::columnOf).collect(Collectors.toSet());
    }

    /** The column in what was given for a field: {@code helpfulness} of {@code helpfulness>=3}. */
    public static String columnOf(String given) {
        return Cutoff.of(given).map(Cutoff::column).orElse(given);
    }

    /** The column a person gave for this field. */
    public Optional<String> column(String field) {
        return Optional.ofNullable(columns.get(field));
    }
}
