package preflab.projects.diagnose;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import preflab.engine.train.Sample;
import preflab.projects.store.RunSummary;
import preflab.projects.store.Series;

/**
 * What a diagnosis looks at.
 *
 * @param series
 *            by the metric's name, thinned to at most some thousand points
 * @param settings
 *            by their dotted names
 * @param first
 *            answers to held-out prompts before training
 * @param last
 *            answers to the same prompts at the end
 */
public record Trace(RunSummary run, Map<String, Series> series, Map<String, String> settings, List<Sample> first,
        List<Sample> last) {

    public Trace {
        series = Map.copyOf(series);
        settings = Map.copyOf(settings);
        first = List.copyOf(first);
        last = List.copyOf(last);
    }

    /** Points of a metric; none where it was not logged. */
    Series of(String metric) {
        return series.getOrDefault(metric, Series.EMPTY);
    }

    /** Held-out values where there are several, else those of the training batches. */
    Optional<Drift> drift(String metric) {
        return Drift.of(of("eval/" + metric)).or(() -> Drift.of(of(metric)));
    }

    OptionalDouble setting(String name) {
        try {
            return settings.containsKey(name)
                    ? OptionalDouble.of(Double.parseDouble(settings.get(name)))
                    : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
