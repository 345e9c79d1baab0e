package preflab.projects.compare;

import preflab.projects.store.Pending;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import preflab.projects.chart.Chart;
import preflab.projects.store.RunSummary;
import preflab.projects.workspace.Workspace;

/**
 * Several runs beside each other, complete and immutable.
 *
 * @param runs
 *            in the order asked for
 * @param baseline
 *            number of the run the others are measured against
 * @param base
 *            the model before training, where all runs share it
 * @param charts
 *            one per metric that changes over steps, aligned by step, the telling ones first
 */
public record Comparison(List<RunSummary> runs, OptionalInt baseline, Optional<BaseModel> base,
        List<Difference> differences, List<MetricRow> metrics, List<SideBySide> samples, List<Chart> charts) {
    public Comparison {
        runs = List.copyOf(runs);
        differences = List.copyOf(differences);
        metrics = List.copyOf(metrics);
        samples = List.copyOf(samples);
        charts = List.copyOf(charts);
    }

    /** Compares runs without a baseline. */
    public static Comparison of(Workspace workspace, List<Integer> runs) {
        return Pending.value();
    }

    /** Compares runs, each with the baseline, which is one of them. */
    public static Comparison of(Workspace workspace, List<Integer> runs, int baseline) {
        return Pending.value();
    }
}
