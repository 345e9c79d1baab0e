package preflab.datasets.importer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetException.Code;
import preflab.datasets.example.PreferenceExample;

/** The formats this program reads, most telling first, and the way from a file to one of them. */
public final class Importers {

    /** Every format, in the order they are tried. */
    public static final List<Importer> ALL = List.of(new Prm800kImporter(), new ProcessBenchImporter(),
            new MathShepherdImporter(), new TaggedStepsImporter(), new MathApsImporter(), new MathApsTreeImporter(),
            new ScoredStepsImporter(), new AlphaMathImporter(), new StepDpoImporter(), new UltraFeedbackImporter(),
            new OpenAssistantImporter(), new LabelStudioImporter(), new ModelSolutionsImporter(),
            new StepwiseImporter(), new RankedImporter(), new PairedImporter(), new ImplicitTranscriptImporter(),
            new ImplicitMessagesImporter(), new ImplicitTextImporter(), new ComparisonImporter(),
            new UnpairedImporter(), new UnpairedMessagesImporter(), new UnlabelledImporter(),
            new UnlearningImporter(), new DemonstrationImporter(), new ConversationImporter(), new TextImporter(),
            new PromptImporter());

    private Importers() {
    }

    /**
     * Judges a file by its bytes and first rows.
     *
     * @return what fits, or a detection without a kind whose reason says why nothing does
     * @throws DatasetException
     *             BAD_FILE when the file is no JSON data at all (a folder, empty, binary, a git-LFS pointer …)
     */
    public static Detection detect(Path file) {
        return detect(file, Hints.NONE);
    }

    /**
     * The same with a kind or columns given by hand, for a mapping form.
     *
     * @throws DatasetException
     *             BAD_FILE as above; BAD_MAPPING when a field or column of the mapping does not exist
     */
    public static Detection detect(Path path, Hints hints) {
        DataFile file = DataFile.probe(path);
        Head head = head(file);
        checkMapping(head, hints);
        List<Problem> problems = new ArrayList<>(head.problems());
        Optional<ImportPlan> plan = find(file, head, hints);
        if (plan.isEmpty()) {
            return new Detection("unknown", Optional.empty(), hints.mapping(), nothingFits(file, head, hints),
                    head.columns(), List.of(), List.of(), problems);
        }
        ImportPlan found = plan.get();
        List<PreferenceExample> rows = found.preview(problems);
        List<String> fields = byId(found.format()).fields().stream().map(Field::id).toList();
        return new Detection(found.format(), Optional.of(found.kind()), found.mapping(), found.reason(),
                head.columns(), fields, rows, problems);
    }

    /**
     * Decides how a file is to be read.
     *
     * @throws DatasetException
     *             BAD_FILE and BAD_MAPPING as for {@link #detect(Path, Hints)}; UNKNOWN_FORMAT when nothing fits
     */
    public static ImportPlan plan(Path path, Hints hints) {
        DataFile file = DataFile.probe(path);
        Head head = head(file);
        checkMapping(head, hints);
        return find(file, head, hints).orElseThrow(() -> new DatasetException(Code.UNKNOWN_FORMAT,
                path.getFileName() + ": " + nothingFits(file, head, hints)));
    }

    private static Importer byId(String id) {
        return ALL.stream().filter(importer -> importer.id().equals(id)).findFirst().orElseThrow();
    }

    private static Head head(DataFile file) {
        try {
            return Head.of(file);
        } catch (IOException e) {
            throw DataFile.bad(file.path(), "cannot be read: " + e.getMessage(), e);
        }
    }

    private static Optional<ImportPlan> find(DataFile file, Head head, Hints hints) {
        if (hints.equals(Hints.NONE) && NeedsMore.reason(head).isPresent()) {
            return Optional.empty();
        }
        for (Importer importer : candidates(hints)) {
            Layout layout = Layout.of(head, importer.fields(), hints.mapping());
            Optional<String> why = importer.recognise(layout);
            if (why.isPresent()) {
                return Optional.of(new ImportPlan(file, importer, layout,
                        file.describe() + " with " + columns(layout) + ": " + why.get()));
            }
        }
        return Optional.empty();
    }

    private static List<Importer> candidates(Hints hints) {
        return ALL.stream().filter(importer -> hints.kind().isEmpty() || hints.kind().get() == importer.kind())
                .filter(importer -> importer.fields().stream().map(Field::id).toList()
                        .containsAll(hints.mapping().columns().keySet()))
                .toList();
    }

    private static String columns(Layout layout) {
        return layout.mapping().columns().values().stream().sorted().map(Clip::text).collect(Collectors.joining(", "));
    }

    private static void checkMapping(Head head, Hints hints) {
        TreeSet<String> known = new TreeSet<>();
        ALL.forEach(importer -> importer.fields().forEach(field -> known.add(field.id())));
        hints.mapping().columns().forEach((field, column) -> {
            if (!known.contains(field)) {
                throw new DatasetException(Code.BAD_MAPPING, "there is no field '" + Clip.text(field)
                        + "'; a column can be mapped to " + String.join(", ", known));
            }
            if (!head.has(column)) {
                throw new DatasetException(Code.BAD_MAPPING, "there is no column '" + Clip.text(column) + "' in "
                        + head.fileName() + "; its columns are " + head.describeColumns());
            }
        });
    }

    private static String nothingFits(DataFile file, Head head, Hints hints) {
        if (head.samples().isEmpty()) {
            if (head.problems().size() > 1 && head.problems().stream().allMatch(p -> p.problem().startsWith("is '"))) {
                return "a list of texts, not of objects: such a list has no columns to read";
            }
            String first = head.problems().isEmpty()
                    ? "it holds no rows"
                    : "row " + head.problems().getFirst().row() + " " + head.problems().getFirst().problem();
            return file.describe() + " without one row that can be read: " + first;
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
}
