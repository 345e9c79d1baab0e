package preflab.datasets.importer;

import java.util.Objects;
import java.util.Optional;

import preflab.datasets.example.Kind;

/**
 * What a person already knows about a file.
 *
 * @param kind
 *            the kind its rows are to become; empty = detect
 * @param mapping
 *            columns given by hand
 */
public record Hints(Optional<Kind> kind, FieldMapping mapping) {

    /** Nothing is known. */
    public static final Hints NONE = new Hints(Optional.empty(), FieldMapping.NONE);

    public Hints {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(mapping, "mapping");
    }
}
