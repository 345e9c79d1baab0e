package preflab.projects.diagnose;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import preflab.engine.train.Sample;
import preflab.projects.store.RunSummary;
import preflab.projects.store.Series;
import preflab.projects.store.StoredWarning;

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
 * @param warnings
 *            what the trainer warned of
 */
public record Trace(RunSummary run, Map<String, Series> series, Map<String, String> settings, List<Sample> first,
        List<Sample> last, List<StoredWarning> warnings) {

    public Trace {
        series = Map.copyOf(series);
        settings = Map.copyOf(settings);
        first = List.copyOf(first);
        last = List.copyOf(last);
        warnings = List.copyOf(warnings);
    }

    /** Points of a metric; none where it was not logged. */
    Series of(String metric) {
        return series.getOrDefault(metric, Series.EMPTY);
    }

    /** How far one metric is above another at the steps that both were logged at. */
    Series lead(String above, String below) {
        Series a = of(above);
        Series b = of(below);
        Map<Long, Double> others = new HashMap<>();
        IntStream.range(0, b.size()).forEach(i -> others.put(b.step(i), b.value(i)));
        int[] both = IntStream.range(0, a.size()).filter(i -> others.containsKey(a.step(i))).toArray();
        return Series.of(Arrays.stream(both).mapToLong(a::step).toArray(),
                Arrays.stream(both).mapToDouble(i -> a.value(i) - others.get(a.step(i))).toArray());
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
