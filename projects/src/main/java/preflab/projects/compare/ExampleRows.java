package preflab.projects.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.PreferenceExample;
import preflab.engine.eval.Answers;
import preflab.engine.train.Sample;
import preflab.projects.store.LateEvaluation;
import preflab.projects.store.RunStore;
import preflab.projects.store.StoredSamples;
import preflab.projects.workspace.Workspace;

/** The first rows of a dataset version with what runs answered to them. */
public final class ExampleRows {

    private ExampleRows() {
    }

    /**
     * The versions that these runs were held against, asked later or trained on, in this order and in the order of the
     * runs; as far as they are known of runs of other programs.
     */
    public static List<DatasetVersionId> datasets(Workspace workspace, List<Integer> runs) {
        Set<DatasetVersionId> found = new LinkedHashSet<>();
        List<Rows> rows = runs.stream().map(run -> Rows.of(workspace.runs(), run)).toList();
        rows.forEach(one -> one.heldOut().ifPresent(found::add));
        runs.forEach(run -> workspace.runs().afterTraining().figures(run).forEach(late -> found.add(late.dataset())));
        rows.forEach(one -> one.trained().ifPresent(found::add));
        return List.copyOf(found);
    }

    /** What a run was held against and trained on, where its settings tell. */
    private record Rows(Optional<DatasetVersionId> heldOut, Optional<DatasetVersionId> trained) {

        static Rows of(RunStore runs, int run) {
            JsonNode spec = Differences.parse(runs.specJson(run));
            return new Rows(Differences.version(spec.path("evaluation")), Differences.version(spec.path("dataset")));
        }

        private static boolean is(Optional<DatasetVersionId> rows, DatasetVersionId dataset) {
            return rows.filter(id -> id.sha256().equals(dataset.sha256())).isPresent();
        }
    }

    /**
     * The first {@code limit} rows, without scores.
     *
     * @param sources
     *            how many scores each row is to have
     */
    public static List<ExampleRow> of(Workspace workspace, DatasetVersionId dataset, List<Integer> runs, int limit,
            int sources) {
        ExampleView view = workspace.datasets().view(dataset);
        List<Answered> answered = runs.stream().map(run -> Answered.of(workspace.runs(), run, dataset)).toList();
        List<ExampleRow> rows = new ArrayList<>();
        for (int row = 0; row < Math.min(limit, view.size()); row++) {
            PreferenceExample example = view.get(row);
            int number = row;
            rows.add(new ExampleRow(row, example.prompt().text(), Answers.expected(example),
                    answered.stream().flatMap(run -> Optional.ofNullable(run.first().get(number)).stream())
                            .findFirst(),
                    answered.stream().map(run -> Optional.ofNullable(run.last().get(number))).toList(),
                    Collections.nCopies(sources, Optional.empty())));
        }
        return rows;
    }

    /** What one run answered, by row: before its first step, and last. */
    private record Answered(Map<Integer, Sample> first, Map<Integer, Sample> last) {

        static Answered of(RunStore runs, int run, DatasetVersionId dataset) {
            Rows rows = Rows.of(runs, run);
            boolean heldOut = Rows.is(rows.heldOut(), dataset);
            boolean trained = rows.heldOut().isEmpty() && Rows.is(rows.trained(), dataset);
            Map<Integer, Sample> first = new LinkedHashMap<>();
            Map<Integer, Sample> last = new LinkedHashMap<>();
            if (heldOut) {
                add(runs.firstAndLastSamples(run, "eval"), first, last);
            }
            if (heldOut || trained) {
                add(runs.firstAndLastSamples(run, "samples"), first, last);
            }
            for (LateEvaluation late : runs.afterTraining().evaluations(run)) {
                if (late.dataset().sha256().equals(dataset.sha256())) {
                    late.answers().forEach(sample -> last.put(sample.row(), sample));
                }
            }
            return new Answered(first, last);
        }

        private static void add(List<StoredSamples> stored, Map<Integer, Sample> first, Map<Integer, Sample> last) {
            stored.stream().findFirst().filter(samples -> samples.step() == 0)
                    .ifPresent(samples -> samples.samples().forEach(sample -> first.put(sample.row(), sample)));
            if (!stored.isEmpty()) {
                stored.getLast().samples().forEach(sample -> last.put(sample.row(), sample));
            }
        }
    }
}
