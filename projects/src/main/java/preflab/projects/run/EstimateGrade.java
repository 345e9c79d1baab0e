package preflab.projects.run;

import java.util.LinkedHashMap;
import java.util.Map;
import preflab.engine.metric.Metrics;
import preflab.engine.train.RunEvent;

/** Puts what was expected of a run beside what came. */
final class EstimateGrade {

    private static final double MEGABYTE = 1 << 20;

    private EstimateGrade() {
    }

    /** The end with the estimate and its error, estimate ÷ measurement − 1, for whatever was measured. */
    static RunEvent.Ended of(LaunchEstimate estimate, RunEvent.Ended end) {
        Map<String, Double> metrics = new LinkedHashMap<>(end.metrics());
        if (!estimate.onGpu()) {
            grade(metrics, Metrics.PEAK_MEMORY, estimate.memory().peak() / MEGABYTE, Metrics.ESTIMATED_MEMORY,
                    Metrics.MEMORY_ERROR);
        }
        estimate.time().ifPresent(time -> grade(metrics, Metrics.STEP_SECONDS, time.total(end.step()),
                Metrics.ESTIMATED_SECONDS, Metrics.SECONDS_ERROR));
        return new RunEvent.Ended(end.outcome(), end.step(), end.message(), metrics);
    }

    private static void grade(Map<String, Double> metrics, String measured, double estimated, String name,
            String error) {
        Double found = metrics.get(measured);
        if (found != null && found > 0) {
            metrics.put(name, estimated);
            metrics.put(error, estimated / found - 1);
        }
    }
}
