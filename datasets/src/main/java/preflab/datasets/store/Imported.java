package preflab.datasets.store;

import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.importer.ImportReport;

/** A new dataset version and what became of the file's rows. */
public record Imported(DatasetVersionId version, ImportReport report) {
}
