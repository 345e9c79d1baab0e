package preflab.projects.compare;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import preflab.projects.compare.filter.Fields;
import preflab.projects.store.ImportedRun;
import preflab.projects.store.RunMark;
import preflab.projects.store.RunSummary;

/**
 * Everything a run can be asked for by name: {@code run}, {@code name}, {@code objective}, {@code dataset},
 * {@code model}, {@code seed}, {@code state}, {@code step}; its settings, dotted ({@code optimizer.learning_rate},
 * {@code objective.beta}) and bare ({@code learning_rate}, {@code beta}) where the last part is the only one of its
 * kind; and the last value of its metrics. A property comes before a hyper-parameter of the same name, that before a
 * setting, that before a metric. Immutable.
 */
public final class RunFields implements Fields {

    private final Map<String, Object> values;
    private final Set<String> metrics;
    private final Object allButSeed;

    private RunFields(Map<String, Object> values, Set<String> metrics, Object allButSeed) {
        this.values = Map.copyOf(values);
        this.metrics = Set.copyOf(metrics);
        this.allButSeed = allButSeed;
    }

    /** Of a run with the settings as stored. */
    public static RunFields of(RunSummary run, RunMark mark, String spec) {
        Map<String, Object> values = new HashMap<>();
        properties(run, values);
        values.put("tags", List.copyOf(mark.tags()));
        values.put("note", mark.note());
        values.put("archived", mark.archived() ? "yes" : "no");
        Differences.named(spec, "hyper").forEach((name, value) -> {
            values.putIfAbsent("objective." + name, value);
            values.putIfAbsent(name, value);
        });
        Map<String, String> settings = Differences.named(spec, "settings");
        settings.forEach(values::putIfAbsent);
        bare(settings, values);
        Set<String> metrics = new HashSet<>(run.metrics().keySet());
        metrics.removeAll(values.keySet()); // a setting of that name is meant: learning_rate
        metrics.forEach(name -> values.put(name, run.metrics().get(name)));
        return new RunFields(values, metrics, Differences.allButSeed(run, spec));
    }

    /** Everything known of the run, short names of settings too. */
    Set<String> keys() {
        return values.keySet();
    }

    /** Of such names those a table offers: dotted settings, metrics, properties; not the short names of settings. */
    static Set<String> offered(Set<String> keys) {
        Set<String> shortNames = keys.stream().map(RunFields::last).collect(Collectors.toSet());
        Set<String> offered = new TreeSet<>(keys);
        offered.removeIf(name -> shortNames.contains(name)
                && keys.stream().anyMatch(longer -> longer.endsWith("." + name)));
        return offered;
    }

    boolean isMetric(String name) {
        return metrics.contains(name);
    }

    /** Equal for runs that differ only in their seed and name. */
    Object allButSeed() {
        return allButSeed;
    }

    private static void properties(RunSummary run, Map<String, Object> values) {
        values.put("run", (double) run.id());
        values.put("name", run.name());
        values.put("objective", run.objective());
        if (!run.dataset().equals(ImportedRun.UNKNOWN_DATA)) {
            values.put("dataset", run.dataset().dataset());
            values.put("data", run.data());
            values.put("seed", (double) run.seed());
        }
        values.put("model", run.model());
        values.put("origin", run.origin().orElse("this project"));
        values.put("state", run.state().name());
        values.put("step", (double) run.lastStep());
    }

    private static void bare(Map<String, String> settings, Map<String, Object> values) {
        Set<String> seen = new HashSet<>();
        Set<String> ambiguous = new HashSet<>();
        settings.keySet().stream().map(RunFields::last).filter(name -> !seen.add(name)).forEach(ambiguous::add);
        settings.forEach((name, value) -> {
            if (!ambiguous.contains(last(name))) {
                values.putIfAbsent(last(name), value);
            }
        });
    }

    private static String last(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    @Override
    public Optional<Object> get(String name) {
        return Optional.ofNullable(values.get(name));
    }
}
