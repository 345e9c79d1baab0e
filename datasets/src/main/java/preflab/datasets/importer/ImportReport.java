package preflab.datasets.importer;

import java.util.List;
import java.util.Objects;

import preflab.datasets.example.Kind;

/**
 * What became of a file's rows: accepted + rejected = all of them.
 *
 * @param format
 *            id of the importer that read them
 * @param reason
 *            one sentence: what the file was found to be and why it was read so
 * @param accepted
 *            rows taken
 * @param rejected
 *            rows not taken; all are counted, the first {@link #LISTED} are listed
 * @param kind
 *            what the accepted rows are
 * @param problems
 *            the first {@link #LISTED} rejected rows, in file order
 * @param notes
 *            the first {@link #LISTED} oddities of rows that were accepted
 * @param bytes
 *            size of the file as it lies on disk
 * @param fileSha256
 *            64 hexadecimal digits over the file as it lies on disk
 */
public record ImportReport(String format, String reason, long accepted, long rejected, Kind kind,
        List<Problem> problems,
        List<Problem> notes, long bytes, String fileSha256) {

    /** How many problems are listed one by one. */
    public static final int LISTED = 1000;

    public ImportReport {
        Objects.requireNonNull(format, "format");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(fileSha256, "fileSha256");
        problems = List.copyOf(problems);
        notes = List.copyOf(notes);
    }
}
