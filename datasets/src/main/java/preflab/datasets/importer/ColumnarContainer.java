package preflab.datasets.importer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import preflab.datasets.columnar.ArrowRows;
import preflab.datasets.columnar.ParquetRows;

/**
 * A file that stores columns.
 *
 * @param kind
 *            how
 * @param path
 *            Parquet is read from its end, so the stream alone will not do
 */
record ColumnarContainer(Kind kind, Path path) implements Container {

    /** Formats of columns. */
    enum Kind {
        PARQUET("Parquet"), ARROW_FILE("an Arrow file"), ARROW_STREAM("an Arrow stream");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    @Override
    public String words() {
        return kind.words;
    }

    @Override
    public RowSource open(InputStream in, MeteredInputStream metered) throws IOException {
        return kind == Kind.PARQUET
                ? new ColumnarSource(ParquetRows.open(path), metered)
                : new ColumnarSource(new ArrowRows(in, Files.size(path)), metered);
    }
}
