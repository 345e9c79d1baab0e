package preflab.datasets.importer;

import java.io.IOException;

import com.fasterxml.jackson.databind.JsonNode;

import preflab.datasets.columnar.ColumnarRows;
import preflab.datasets.columnar.ParquetRows;

/** Rows of Parquet and Arrow files; a broken file ends the reading, a text that is none loses its row. */
final class ColumnarSource implements RowSource {

    private final ColumnarRows rows;
    private final MeteredInputStream metered;
    private Problem problem;

    ColumnarSource(ColumnarRows rows, MeteredInputStream metered) {
        this.rows = rows;
        this.metered = metered;
    }

    @Override
    public boolean next() throws IOException {
        if (!rows.next()) {
            return false;
        }
        if (rows instanceof ParquetRows parquet) {
            metered.readTo(parquet.position()); // reports, hashes, and hears a cancel
        }
        problem = rows.problem().isEmpty() ? null : new Problem(rows.number(), BadRow.WHOLE, rows.problem());
        return true;
    }

    @Override
    public long number() {
        return rows.number();
    }

    @Override
    public JsonNode node() {
        return problem == null ? rows.node() : null;
    }

    @Override
    public Problem problem() {
        return problem;
    }

    @Override
    public long bytes() {
        return metered.bytes();
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }
}
