package preflab.projects.workspace;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Stepwise;
import preflab.datasets.importer.FieldMapping;
import preflab.datasets.importer.Progress;
import preflab.datasets.store.DatasetInfo;
import preflab.datasets.store.DatasetStore;
import preflab.datasets.store.ImportRequest;
import preflab.projects.store.ProjectException;

/** The data that comes with the program: answers of {@code builtin:sums} to sums, checked and valued. */
public enum Builtins {
    /** One right and one wrong answer to the same problem. */
    PAIRS("sums-pairs", Kind.PAIRED),
    /** Eight answers per problem, each accepted or rejected. */
    ANSWERS("sums-answers", Kind.UNPAIRED),
    /** The right answers among them. */
    ACCEPTED("sums-accepted", Kind.SFT),
    /** The different answers to a problem, scored by their right steps. */
    RANKED("sums-ranked", Kind.RANKED),
    /** Answers in steps, each with a Q value; the checker's verdicts are in the side column {@code checked_steps}. */
    STEPS("sums-steps", Kind.STEPWISE),
    /** Problems with their solution, for choosing settings. */
    VALIDATION("sums-validation", Kind.SFT),
    /** Problems with their solution, for claims; no problem of any other set is among them. */
    TEST("sums-test", Kind.SFT);

    private static final String FOLDER = "/preflab/builtin/sums-data/";

    private final String dataset;
    private final Kind kind;

    Builtins(String dataset, Kind kind) {
        this.dataset = dataset;
        this.kind = kind;
    }

    /** The name of the dataset. */
    public String dataset() {
        return dataset;
    }

    public Kind kind() {
        return kind;
    }

    /**
     * Which steps of a row of {@link #STEPS} the checker found right; empty for any other row. They are no labels: as
     * labels they would outrank Q.
     */
    public static List<Boolean> checkedSteps(Stepwise row) {
        String column = row.source().side().get("checked_steps");
        return column == null
                ? List.of()
                : Stream.of(column.replaceAll("[\\[\\]\\s]", "").split(",")).map(Boolean::valueOf).toList();
    }

    /**
     * Imports all of them that the project lacks, as files would be.
     *
     * @return the versions in the project, one for each constant in order
     */
    public static List<DatasetVersionId> install(Workspace workspace) {
        List<DatasetVersionId> versions = new ArrayList<>();
        for (Builtins builtin : values()) {
            versions.add(builtin.install(workspace.datasets()));
        }
        return versions;
    }

    private DatasetVersionId install(DatasetStore store) {
        Optional<DatasetVersionId> present = store.list().stream().map(DatasetInfo::id)
                .filter(id -> id.dataset().equals(dataset)).findFirst();
        return present.orElseGet(() -> imported(store));
    }

    private DatasetVersionId imported(DatasetStore store) {
        try {
            Path folder = Files.createTempDirectory("preflab");
            Path file = folder.resolve(dataset + ".jsonl.gz");
            try {
                copy(file);
                ImportRequest request = new ImportRequest(dataset, Optional.of(kind), FieldMapping.NONE);
                return store.importFile(file, request, Progress.NONE).version();
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new ProjectException(ProjectException.Code.SYSTEM, "cannot unpack " + dataset, e);
        }
    }

    private void copy(Path file) throws IOException {
        String resource = FOLDER + dataset + ".jsonl.gz";
        try (InputStream in = Builtins.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new ProjectException(ProjectException.Code.SYSTEM, "the program lacks its resource " + resource);
            }
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
