package preflab.app.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import preflab.datasets.example.DatasetVersionId;
import preflab.projects.store.RunSummary;

/** How a run is listed, as JSON and for people; with the version that outdates its labels, where there is one. */
final class RunRows {

    private RunRows() {
    }

    static Map<String, Object> json(RunSummary run, Map<Integer, DatasetVersionId> outdated) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("run", run.id());
        row.put("name", run.name());
        row.put("objective", run.objective());
        row.put("dataset", run.dataset().dataset());
        row.put("version", run.dataset().version());
        row.put("model", run.model());
        row.put("seed", run.seed());
        row.put("state", run.state().name());
        row.put("step", run.lastStep());
        row.put("steps", run.totalSteps());
        row.put("message", run.message());
        run.origin().ifPresent(origin -> row.put("origin", origin));
        if (outdated.containsKey(run.id())) {
            row.put("labels_mended_in", outdated.get(run.id()).display());
        }
        row.put("metrics", run.metrics());
        return row;
    }

    static Table table(List<RunSummary> runs, Map<Integer, DatasetVersionId> outdated) {
        Table table = new Table("run", "name", "objective", "dataset", "seed", "state", "step", "loss",
                "eval/accuracy");
        for (RunSummary run : runs) {
            String mended = outdated.containsKey(run.id())
                    ? " (labels mended in " + outdated.get(run.id()).display() + ")"
                    : "";
            table.row(run.id(), run.name(), run.objective(), run.data() + mended, run.seed(), run.state(),
                    run.lastStep() + "/" + run.totalSteps(), run.metrics().get("loss"),
                    run.metrics().get("eval/accuracy"));
        }
        return table;
    }
}
