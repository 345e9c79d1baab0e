package preflab.datasets.importer;

import java.nio.file.Path;
import java.util.List;

import preflab.datasets.example.DatasetException;

/** The formats this program reads, most telling first, and the way from a file to one of them. */
public final class Importers {

    /** Every format, in the order they are tried. */
    public static final List<Importer> ALL = List.of(new Prm800kImporter(), new ProcessBenchImporter(),
            new MathShepherdImporter(), new TaggedStepsImporter(), new MathApsImporter(), new MathApsTreeImporter(),
            new ScoredStepsImporter(), new AlphaMathImporter(), new SearchTreeImporter(), new StepDpoImporter(),
            new UltraFeedbackImporter(),
            new OpenAssistantImporter(), new LabelStudioImporter(), new ModelSolutionsImporter(),
            new StepwiseImporter(), new RankedImporter(), new PairedImporter(), new ImplicitTranscriptImporter(),
            new ImplicitMessagesImporter(), new ImplicitTextImporter(), new ComparisonImporter(),
            new UnpairedImporter(), new UnpairedMessagesImporter(), new UnlabelledImporter(),
            new UnlearningImporter(), new DemonstrationImporter(), new ConversationImporter(),
            new UnlearningTextImporter(),
            new TextImporter(),
            new PromptImporter());

    private Importers() {
    }

    /**
     * Judges a file by its bytes and first rows.
     *
     * @return what fits, or a detection without a kind whose reason says why nothing does
     * @throws DatasetException
     *             BAD_FILE when the file is no data at all (a folder, empty, binary, a git-LFS pointer …)
     */
    public static Detection detect(Path file) {
        return detect(file, Hints.NONE);
    }

    /**
     * The same with a kind or columns given by hand. A form that asks more than once keeps an {@link ImportDraft}.
     *
     * @throws DatasetException
     *             BAD_FILE as above; BAD_MAPPING when a field or column of the mapping does not exist
     */
    public static Detection detect(Path path, Hints hints) {
        return ImportDraft.open(path).detect(hints);
    }

    /**
     * Decides how a file is to be read.
     *
     * @throws DatasetException
     *             BAD_FILE and BAD_MAPPING as for {@link #detect(Path, Hints)}; UNKNOWN_FORMAT when nothing fits
     */
    public static ImportPlan plan(Path path, Hints hints) {
        return ImportDraft.open(path).plan(hints);
    }
}
