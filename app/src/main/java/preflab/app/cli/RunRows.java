package preflab.app.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import preflab.projects.store.RunSummary;

/** How a run is listed, as JSON and for people. */
final class RunRows {

    private RunRows() {
    }

    static Map<String, Object> json(RunSummary run) {
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
        row.put("metrics", run.metrics());
        return row;
    }

    static Table table(List<RunSummary> runs) {
        Table table = new Table("run", "name", "objective", "dataset", "seed", "state", "step", "loss",
                "eval/accuracy");
        for (RunSummary run : runs) {
            table.row(run.id(), run.name(), run.objective(), run.dataset().display(), run.seed(), run.state(),
                    run.lastStep() + "/" + run.totalSteps(), run.metrics().get("loss"),
                    run.metrics().get("eval/accuracy"));
        }
        return table;
    }
}
