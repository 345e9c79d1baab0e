package preflab.datasets.example;

import java.util.Objects;

/**
 * Names one immutable version of a dataset.
 *
 * @param dataset
 *            the dataset's name within its project
 * @param version
 *            counted from 1
 * @param sha256
 *            64 hexadecimal digits over the rows in order (not over their sources), so equal rows have equal hashes
 */
public record DatasetVersionId(String dataset, int version, String sha256) {
    public DatasetVersionId {
        Objects.requireNonNull(dataset, "dataset");
        Objects.requireNonNull(sha256, "sha256");
        if (version < 1) {
            throw new IllegalArgumentException("versions count from 1, not " + version);
        }
    }

    /** For people: {@code sums-steps v3}. */
    public String display() {
        return dataset + " v" + version;
    }
}
