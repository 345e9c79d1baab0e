package preflab.app.catalogue;

import java.util.ArrayList;
import java.util.List;
import preflab.projects.store.RunStore;
import preflab.projects.store.RunSummary;
import preflab.projects.store.Series;

/** Where the batches of a run lay: the mean log-ratios of its pairs, step by step. */
final class RunCloud {

    /** Mean h_w and h_l of one step. */
    record Point(long step, double chosen, double rejected) {
    }

    private RunCloud() {
    }

    /** Whether a run logs rewards of pairs, from which log-ratios follow. */
    static boolean has(RunSummary run) {
        return run.hasRunFile() && run.metrics().containsKey("rewards/chosen")
                && run.metrics().containsKey("rewards/rejected");
    }

    /** The rewards β h of every logged step, divided by the run's β (1 where it has none). */
    static List<Point> of(RunStore runs, int run) {
        double beta = Double.parseDouble(runs.spec(run).hyper().asText().getOrDefault("beta", "1"));
        Series chosen = runs.series(run, "rewards/chosen");
        Series rejected = runs.series(run, "rewards/rejected");
        List<Point> points = new ArrayList<>();
        for (int i = 0, j = 0; i < chosen.size() && j < rejected.size();) {
            if (chosen.step(i) == rejected.step(j)) {
                points.add(new Point(chosen.step(i), chosen.value(i++) / beta, rejected.value(j++) / beta));
            } else if (chosen.step(i) < rejected.step(j)) {
                i++;
            } else {
                j++;
            }
        }
        return points;
    }
}
