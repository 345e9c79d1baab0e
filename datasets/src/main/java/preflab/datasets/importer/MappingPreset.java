package preflab.datasets.importer;

import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetException.Code;
import preflab.datasets.example.Kind;

/**
 * Columns that a person corrected once, under a name to be used again.
 *
 * @param name
 *            1 to 60 letters, digits, spaces, points, dashes and underscores, the first a letter or digit
 * @param kind
 *            what the rows are to become; empty = detect
 * @param mapping
 *            field → column
 */
public record MappingPreset(String name, Optional<Kind> kind, FieldMapping mapping) {

    /** Some systems keep these for devices, whatever stands behind a point. */
    private static final Pattern DEVICE = Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?");
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._-]{0,59}");

    /**
     * @throws DatasetException
     *             BAD_NAME for a name that is not allowed
     */
    public MappingPreset {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(mapping, "mapping");
        if (!NAME.matcher(name).matches() || DEVICE.matcher(name).matches() || !name.strip().equals(name)) {
            throw new DatasetException(Code.BAD_NAME, "'" + Clip.text(name)
                    + "' cannot name a preset; allowed are 1 to 60 letters, digits, spaces and . _ -, beginning with a"
                    + " letter or digit");
        }
    }

    /** For detection and import. */
    public Hints hints() {
        return new Hints(kind, mapping);
    }

    /** Whether a file with these columns has all that this preset reads. */
    public boolean fits(Collection<String> columns) {
        return columns.containsAll(mapping.columnNames());
    }
}
