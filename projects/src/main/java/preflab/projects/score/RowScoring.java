package preflab.projects.score;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.ExampleView;
import preflab.datasets.importer.Progress;
import preflab.engine.train.Checkpoint;
import preflab.engine.train.RowReader;
import preflab.engine.train.RowReading;
import preflab.engine.train.RunSpec;
import preflab.engine.train.TrainInputs;
import preflab.projects.run.ModelRefs;
import preflab.projects.run.RowCache;
import preflab.projects.run.StoredSamples;
import preflab.projects.store.ProjectException;
import preflab.projects.workspace.Workspace;

/**
 * Log-probabilities, gradients and values of rows, token by token, as runs and models read them: computed once, kept in
 * the project's cache, where all but {@link #make} only look. What was computed before a cancellation stays, and is not
 * computed again.
 */
public final class RowScoring {

    /** Rows between two looks at whether anybody still wants them, unless the loss takes more at once. */
    private static final int ROWS_AT_ONCE = 16;

    private RowScoring() {
    }

    /**
     * The first {@code rows} rows, or all where there are fewer, if all of them are kept and the weights are still the
     * same. A checkpoint that was deleted since still counts.
     */
    public static Optional<RowScores> kept(Workspace workspace, ScoreSource source, DatasetVersionId dataset,
            int rows) {
        int wanted = Math.min(rows, workspace.datasets().view(dataset).size());
        Optional<ScoreStore.Kept> kept = store(workspace).find(source, dataset).filter(k -> k.rows() >= wanted)
                .filter(k -> isCurrent(workspace, source, k));
        return kept.map(k -> scores(workspace, source, dataset, k, wanted));
    }

    private static boolean isCurrent(Workspace workspace, ScoreSource source, ScoreStore.Kept kept) {
        try {
            return kept.stamp().equals(stamp(ModelRefs.resolve(workspace, source.id())));
        } catch (ProjectException e) {
            return true; // deleted since
        }
    }

    private static RowScores scores(Workspace workspace, ScoreSource source, DatasetVersionId dataset,
            ScoreStore.Kept kept, int rows) {
        return new RowScores(source, dataset,
                kept.without().isEmpty() ? Optional.empty() : Optional.of(kept.without()),
                store(workspace).rows(kept, rows));
    }

    private static ScoreStore store(Workspace workspace) {
        return new ScoreStore(workspace.cache());
    }

    /** One row with its tokens, if it is kept. */
    public static Optional<RowReading> reading(Workspace workspace, ScoreSource source, DatasetVersionId dataset,
            int row) {
        return store(workspace).reading(source, dataset, row);
    }

    /**
     * Computes what is missing of the first {@code rows} rows, or of all where there are fewer. Loads the engine; a
     * window lets {@link RowScoringProcess} do it.
     *
     * @param progress
     *            in rows
     * @throws ProjectException
     *             NO_SUCH_MODEL if the checkpoint or the model is gone
     * @throws CancellationException
     *             if the progress was cancelled
     */
    public static RowScores make(Workspace workspace, ScoreSource source, DatasetVersionId dataset, int rows,
            Progress progress) {
        Optional<RowScores> kept = kept(workspace, source, dataset, rows);
        if (kept.isPresent()) {
            progress.at(kept.get().rows().size(), kept.get().rows().size());
            return kept.get();
        }
        ExampleView view = workspace.datasets().view(dataset);
        int wanted = Math.min(rows, view.size());
        Path folder = ModelRefs.resolve(workspace, source.id());
        String stamp = stamp(folder);
        try (RowCache references = RowCache.readOnly(workspace.cache());
                RowReader reader = reader(workspace, source, folder, view, references)) {
            ScoreStore.Kept entry = store(workspace).begin(source, dataset, stamp,
                    reader.withoutGradient(view.kind()).orElse(""));
            read(workspace, entry, reader, view, wanted, progress);
            return scores(workspace, source, dataset, entry, wanted);
        }
    }

    private static void read(Workspace workspace, ScoreStore.Kept entry, RowReader reader, ExampleView view,
            int wanted, Progress progress) {
        int together = reader.together(view.kind());
        int from = entry.rows() / together * together; // batches begin where they would without a cancellation
        progress.at(from, wanted);
        while (from < wanted) {
            if (progress.cancelled()) {
                throw new CancellationException("scoring rows was cancelled after " + from + " of " + wanted);
            }
            int start = from;
            List<RowReading> readings = new ArrayList<>();
            while (from < view.size() && from - start < Math.max(together, ROWS_AT_ONCE) && (from < wanted)) {
                int end = Math.min(view.size(), from + together);
                readings.addAll(reader.read(view, from, end));
                from = end;
            }
            store(workspace).add(entry, start, readings);
            progress.at(Math.min(from, wanted), wanted);
        }
    }

    private static RowReader reader(Workspace workspace, ScoreSource source, Path folder, ExampleView view,
            RowCache references) {
        return switch (source) {
            case ScoreSource.OfModel model -> RowReader.of(folder);
            case ScoreSource.OfRun run -> {
                RunSpec spec = workspace.runs().spec(run.run());
                TrainInputs inputs = new TrainInputs(view, Optional.empty(),
                        ModelRefs.resolve(workspace, spec.model()),
                        spec.reference().map(name -> ModelRefs.resolve(workspace, name)), folder);
                yield RowReader.of(spec, inputs.from(Checkpoint.open(folder)).with(references),
                        new StoredSamples(workspace.cache().resolve(StoredSamples.FOLDER)));
            }
        };
    }

    /** Names, sizes and times of a model's files: other weights, another stamp. */
    private static String stamp(Path folder) {
        StringBuilder stamp = new StringBuilder();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                stamp.append(file.getFileName()).append(' ').append(Files.size(file)).append(' ')
                        .append(Files.getLastModifiedTime(file).toMillis()).append('\n');
            }
            return stamp.toString();
        } catch (IOException e) {
            throw new ProjectException(ProjectException.Code.SYSTEM, "cannot read the folder " + folder, e);
        }
    }
}
