package preflab.datasets.store;

import java.util.Objects;
import java.util.Optional;

import preflab.datasets.example.Kind;
import preflab.datasets.importer.FieldMapping;
import preflab.datasets.importer.Hints;

/**
 * How a file is to be imported.
 *
 * @param name
 *            the dataset's name; an existing name gets its next version
 * @param kind
 *            empty = detect
 * @param mapping
 *            columns given by hand; the rest is detected
 */
public record ImportRequest(String name, Optional<Kind> kind, FieldMapping mapping) {
    public ImportRequest {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(mapping, "mapping");
    }

    /** Detect everything. */
    public static ImportRequest named(String name) {
        return new ImportRequest(name, Optional.empty(), FieldMapping.NONE);
    }

    Hints hints() {
        return new Hints(kind, mapping);
    }
}
