package preflab.app.data;

import java.util.List;
import preflab.datasets.importer.Detection;
import preflab.datasets.importer.Hints;
import preflab.datasets.importer.ImportDraft;
import preflab.datasets.importer.PreviewRow;

/**
 * What a file shows of itself with what a person has said about it so far.
 *
 * @param container
 *            how its rows lie in it, for people
 * @param fields
 *            the fields a column can be chosen for
 * @param rows
 *            its first rows beside what they become
 */
record ImportLook(ImportDraft draft, String container, Detection detection, List<String> fields,
        List<PreviewRow> rows) {

    /** Enough to see whether a mapping is right, few enough to be read. */
    private static final int ROWS = 3;

    ImportLook {
        fields = List.copyOf(fields);
        rows = List.copyOf(rows);
    }

    static ImportLook at(ImportDraft draft, Hints hints) {
        return new ImportLook(draft, draft.container(), draft.detect(hints), draft.fields(hints),
                draft.preview(hints, ROWS));
    }
}
