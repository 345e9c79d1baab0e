package preflab.datasets.importer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetException.Code;
import preflab.datasets.example.PreferenceExample;

/**
 * A file that is about to be imported, its first rows in memory: what a mapping form asks again and again while a
 * person corrects columns. Opening reads the disk; nothing else does. Immutable, safe for several threads.
 *
 * <pre>
 * ImportDraft draft = ImportDraft.open(file);
 * Detection found = draft.detect(Hints.NONE);            // kind, format, reason, every field with its column
 * List&lt;PreviewRow&gt; rows = draft.preview(hints, 3);       // three real rows beside what they become
 * presets.save(new MappingPreset(name, kind, mapping));  // and next time: draft.detect(preset.hints())
 * </pre>
 */
public final class ImportDraft {

    private final DataFile file;
    private final Head head;

    private ImportDraft(DataFile file, Head head) {
        this.file = file;
        this.head = head;
    }

    /**
     * Looks at a file's bytes and first rows.
     *
     * @throws DatasetException
     *             BAD_FILE when the file is no data at all (a folder, empty, binary, a git-LFS pointer …)
     */
    public static ImportDraft open(Path path) {
        DataFile file = DataFile.probe(path);
        try {
            Head head = Head.of(file);
            return new ImportDraft(file, Registry.tags(path).map(head::with).orElse(head));
        } catch (IOException e) {
            throw DataFile.unreadable(path, e);
        }
    }

    /** The file's columns, in the order met. */
    public List<String> columns() {
        return head.columns();
    }

    /** For people: {@code gzip of JSON Lines}. */
    public String container() {
        return file.describe();
    }

    /** The fields a column can be chosen for: those of the format found, or of every format of the kind asked for. */
    public List<String> fields(Hints hints) {
        Detection detection = detect(hints);
        if (!detection.fields().isEmpty()) {
            return detection.fields();
        }
        return candidates(new Hints(hints.kind(), FieldMapping.NONE)).stream()
                .flatMap(importer -> importer.fields().stream()).map(Field::id).distinct().toList();
    }

    /**
     * Judges the file with what a person knows about it.
     *
     * @return what fits, or a detection without a kind whose reason says why nothing does
     * @throws DatasetException
     *             BAD_MAPPING when a field or column of the mapping does not exist
     */
    public Detection detect(Hints hints) {
        checkMapping(hints);
        List<Problem> problems = new ArrayList<>(head.problems());
        Optional<ImportPlan> plan = find(hints);
        if (plan.isEmpty()) {
            return new Detection("unknown", Optional.empty(), hints.mapping(), nothingFits(hints), head.columns(),
                    List.of(), List.of(), problems);
        }
        ImportPlan found = plan.get();
        List<PreferenceExample> rows = found.preview(problems);
        return new Detection(found.format(), Optional.of(found.kind()), found.mapping(), found.reason(),
                head.columns(), found.fields(), rows, problems);
    }

    /**
     * The file's first rows beside what they become; where nothing fits, the rows alone.
     *
     * @param rows
     *            how many, at most
     * @throws DatasetException
     *             BAD_MAPPING as for {@link #detect}
     */
    public List<PreviewRow> preview(Hints hints, int rows) {
        checkMapping(hints);
        Optional<ImportPlan> plan = find(hints);
        return head.samples().stream().limit(rows)
                .map(sample -> plan.isPresent()
                        ? plan.get().preview(sample, cells(sample.node()))
                        : new PreviewRow(sample.number(), cells(sample.node()), List.of(), Optional.empty(), List.of()))
                .toList();
    }

    /**
     * Decides how the file is to be read.
     *
     * @throws DatasetException
     *             BAD_MAPPING as for {@link #detect}; UNKNOWN_FORMAT when nothing fits
     */
    public ImportPlan plan(Hints hints) {
        checkMapping(hints);
        return find(hints).orElseThrow(
                () -> new DatasetException(Code.UNKNOWN_FORMAT, head.fileName() + ": " + nothingFits(hints)));
    }

    private static Map<String, String> cells(JsonNode row) {
        Map<String, String> cells = new LinkedHashMap<>();
        row.properties().forEach(cell -> cells.put(cell.getKey(),
                cell.getValue().isTextual() ? cell.getValue().textValue() : cell.getValue().toString()));
        return cells;
    }

    private Optional<ImportPlan> find(Hints hints) {
        if (hints.equals(Hints.NONE)) {
            return NeedsMore.reason(head).isPresent() ? Optional.empty() : registered().or(() -> fitting(hints, ""));
        }
        return fitting(hints, "");
    }

    /** What a registry of data sets beside the file says about it, where that fits. */
    private Optional<ImportPlan> registered() {
        return Registry.beside(file.path(), head)
                .flatMap(hints -> fitting(hints, ", as " + Registry.NAME + " beside it says"));
    }

    private Optional<ImportPlan> fitting(Hints hints, String because) {
        for (Importer importer : candidates(hints)) {
            Layout layout = Layout.of(head, importer.fields(), hints.mapping());
            Optional<String> why = importer.recognise(layout);
            if (why.isPresent()) {
                return Optional.of(new ImportPlan(file, importer, layout,
                        file.describe() + columns(layout) + because + ": " + why.get()));
            }
        }
        return Optional.empty();
    }

    private static List<Importer> candidates(Hints hints) {
        return Importers.ALL.stream()
                .filter(importer -> hints.kind().isEmpty() || hints.kind().get() == importer.kind())
                .filter(importer -> importer.fields().stream().map(Field::id).toList()
                        .containsAll(hints.mapping().columns().keySet()))
                .toList();
    }

    private static String columns(Layout layout) {
        String columns = layout.mapping().columns().values().stream().sorted().map(Clip::text)
                .collect(Collectors.joining(", "));
        return columns.isEmpty() ? "" : " with " + columns; // a question may be its column
    }

    private void checkMapping(Hints hints) {
        TreeSet<String> known = new TreeSet<>();
        Importers.ALL.forEach(importer -> importer.fields().forEach(field -> known.add(field.id())));
        hints.mapping().columns().forEach((field, column) -> {
            if (!known.contains(field)) {
                throw new DatasetException(Code.BAD_MAPPING, "there is no field '" + Clip.text(field)
                        + "'; a column can be mapped to " + String.join(", ", known));
            }
            if (!head.has(column) && !isRating(field, column)) {
                throw new DatasetException(Code.BAD_MAPPING, "there is no column '" + Clip.text(column) + "' in "
                        + head.fileName() + "; its columns are " + head.describeColumns());
            }
        });
    }

    /** Only a verdict is made of ratings. */
    private boolean isRating(String field, String given) {
        return field.equals(Field.LABEL.id())
                && Cutoff.of(given).map(cutoff -> head.has(cutoff.column())).orElse(false);
    }

    private String nothingFits(Hints hints) {
        if (head.samples().isEmpty()) {
            return noRows();
        }
        Optional<String> more = hints.equals(Hints.NONE) ? NeedsMore.reason(head) : Optional.empty();
        if (more.isPresent()) {
            return more.get();
        }
        String wanted = hints.kind().map(kind -> "these columns are not " + kind.id() + " data")
                .orElse("these columns are of no known format");
        String needed = candidates(hints).stream().map(Importer::summary).collect(Collectors.joining(" · "));
        return wanted + ": " + head.describeColumns() + ". Needed: " + needed + ". Other column names can be mapped.";
    }

    private String noRows() {
        if (head.problems().size() > 1 && head.problems().stream().allMatch(p -> p.problem().startsWith("is '"))) {
            return "a list of texts, not of objects: such a list has no columns to read";
        }
        String first = head.problems().isEmpty()
                ? "it holds no rows"
                : "row " + head.problems().getFirst().row() + " " + head.problems().getFirst().problem();
        return file.describe() + " without one row that can be read: " + first;
    }
}
