package preflab.datasets.store;

import java.time.Instant;

import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.Kind;

/**
 * One line of the catalogue.
 *
 * @param rows
 *            how many rows the version holds
 * @param created
 *            when it was written, UTC
 * @param provenance
 *            where it came from, for people
 */
public record DatasetInfo(DatasetVersionId id, Kind kind, int rows, Instant created, String provenance) {
}
