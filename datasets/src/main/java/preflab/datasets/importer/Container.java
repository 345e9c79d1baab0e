package preflab.datasets.importer;

import java.io.IOException;
import java.io.InputStream;

/** How rows lie in a file. */
interface Container {

    /** For people: {@code JSON Lines}. */
    String words();

    /**
     * The rows.
     *
     * @param in
     *            the file, unpacked where it was compressed; closed with the source
     * @param metered
     *            the file as it lies on disk, for progress
     */
    RowSource open(InputStream in, MeteredInputStream metered) throws IOException;
}
