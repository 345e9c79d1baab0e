package preflab.datasets.importer;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

import preflab.datasets.example.DatasetException;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.Kind;
import preflab.datasets.example.PreferenceExample;

/** A file, the format it will be read as, and the columns it is read from: ready to be read. */
public final class ImportPlan {

    private final DataFile file;
    private final Importer importer;
    private final Layout layout;
    private final String reason;

    ImportPlan(DataFile file, Importer importer, Layout layout, String reason) {
        this.file = file;
        this.importer = importer;
        this.layout = layout;
        this.reason = reason;
    }

    public Kind kind() {
        return importer.kind();
    }

    /** Id of the importer. */
    public String format() {
        return importer.id();
    }

    /** Every field that is read, with its column. */
    public FieldMapping mapping() {
        return layout.mapping();
    }

    /** Why the file is read like this. */
    public String reason() {
        return reason;
    }

    /**
     * Reads the whole file in constant memory.
     *
     * @param sink
     *            takes the accepted rows in file order, numbered from 0
     * @param progress
     *            hears bytes of the file as it lies on disk
     * @throws java.util.concurrent.CancellationException
     *             when the progress says so
     * @throws DatasetException
     *             BAD_FILE if the disk fails while reading, or a compressed or columnar file turns out to be damaged
     */
    public ImportReport read(Consumer<? super PreferenceExample> sink, Progress progress) {
        MessageDigest digest = DataFile.sha256();
        Tally tally = new Tally();
        try (MeteredInputStream metered = file.metered(progress, digest); RowSource rows = file.open(metered)) {
            while (rows.next()) {
                take(rows, tally, sink);
            }
            metered.drain();
            return new ImportReport(importer.id(), reason, tally.accepted, tally.rejected, importer.kind(),
                    tally.problems,
                    tally.notes, metered.bytes(), HexFormat.of().formatHex(digest.digest()));
        } catch (IOException e) {
            throw DataFile.unreadable(file.path(), e);
        }
    }

    /**
     * Reads the file again and writes the rows that are not taken, for a person to mend and to import: JSON Lines, each
     * row with its reason in the column {@value RejectedRows#REASON}, which an import leaves out; a line that is no JSON
     * stands as it was. Written aside and renamed.
     *
     * @return how many rows were written
     * @throws java.util.concurrent.CancellationException
     *             when the progress says so; nothing is written then
     * @throws DatasetException
     *             BAD_FILE if the disk fails while reading, STORAGE while writing
     */
    public long writeRejected(Path target, Progress progress) {
        try (RejectedRows rejected = RejectedRows.to(target)) {
            try (RowSource rows = file.open(progress)) {
                while (rows.next()) {
                    refusal(rows).ifPresent(problem -> rejected.add(rows, problem));
                }
            } catch (IOException e) {
                throw DataFile.unreadable(file.path(), e);
            }
            return rejected.finish();
        }
    }

    private Optional<Problem> refusal(RowSource rows) {
        if (rows.node() == null) {
            return Optional.of(rows.problem());
        }
        try {
            // the row itself is written as it stands in the file
            convert(new Head.Sample(rows.number(), layout.head().unwrapped(rows.node().deepCopy())), 0, _ -> {
            });
            return Optional.empty();
        } catch (BadRow e) {
            return Optional.of(e.at(rows.number()));
        }
    }

    /** The fields of its format. */
    List<String> fields() {
        return importer.fields().stream().map(Field::id).toList();
    }

    /** One row beside what it becomes. */
    PreviewRow preview(Head.Sample sample, Map<String, String> cells) {
        List<Problem> notes = new ArrayList<>();
        try {
            return new PreviewRow(sample.number(), cells, convert(sample, 0, notes::add), Optional.empty(), notes);
        } catch (BadRow e) {
            return new PreviewRow(sample.number(), cells, List.of(), Optional.of(e.at(sample.number())), List.of());
        }
    }

    /** The first rows as they would be imported; the problems among them go to the list. */
    List<PreferenceExample> preview(List<Problem> problems) {
        List<PreferenceExample> rows = new ArrayList<>();
        for (Head.Sample sample : layout.head().samples()) {
            if (rows.size() < Detection.PREVIEW) {
                try {
                    convert(sample, rows.size(), _ -> {
                    }).stream().limit(Detection.PREVIEW - (long) rows.size()).forEach(rows::add);
                } catch (BadRow e) {
                    problems.add(e.at(sample.number()));
                }
            }
        }
        return rows;
    }

    private void take(RowSource rows, Tally tally, Consumer<? super PreferenceExample> sink) {
        List<PreferenceExample> examples;
        if (rows.node() == null) {
            tally.reject(rows.problem());
            return;
        }
        try {
            Head.Sample sample = new Head.Sample(rows.number(), layout.head().unwrapped(rows.node()));
            examples = convert(sample, tally.accepted, tally::note);
        } catch (BadRow e) {
            tally.reject(e.at(rows.number()));
            return;
        }
        examples.forEach(sink);
        tally.accepted += examples.size();
    }

    private List<PreferenceExample> convert(Head.Sample sample, int firstId, Consumer<Problem> notes) {
        List<? extends PreferenceExample> read = importer
                .readAll(new Row(layout, sample, new ExampleId(firstId), notes));
        List<PreferenceExample> numbered = new ArrayList<>(read.size());
        for (PreferenceExample example : read) {
            int id = firstId + numbered.size();
            numbered.add(example.id().index() == id ? example : example.withId(new ExampleId(id)));
        }
        return numbered;
    }

    private static final class Tally {
        private int accepted;
        private long rejected;
        private final List<Problem> problems = new ArrayList<>();
        private final List<Problem> notes = new ArrayList<>();

        void reject(Problem problem) {
            rejected++;
            if (problems.size() < ImportReport.LISTED) {
                problems.add(problem);
            }
        }

        void note(Problem note) {
            if (notes.size() < ImportReport.LISTED) {
                notes.add(note);
            }
        }
    }
}
