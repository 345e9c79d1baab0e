package preflab.datasets.importer;

import java.util.List;

import preflab.datasets.example.PreferenceExample;

/** A format each of whose rows is one example. */
interface RowImporter extends Importer {

    /** The one example of this row, or {@link BadRow}. */
    PreferenceExample read(Row row);

    @Override
    default List<PreferenceExample> readAll(Row row) {
        return List.of(read(row));
    }
}
