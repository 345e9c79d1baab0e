package preflab.projects.compare;

import java.util.List;
import java.util.Optional;

/** One metric over all compared runs, in their order; empty where a run did not log it. */
public record MetricRow(String key, List<Optional<Estimate>> estimates) {
    public MetricRow {
        estimates = List.copyOf(estimates);
    }
}
