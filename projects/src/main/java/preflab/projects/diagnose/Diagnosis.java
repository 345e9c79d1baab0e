package preflab.projects.diagnose;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import preflab.engine.train.Sample;
import preflab.projects.store.ProjectException;
import preflab.projects.store.RunStore;
import preflab.projects.store.RunSummary;
import preflab.projects.store.Series;
import preflab.projects.store.StoredSamples;

/** Looks a run over and says in words what it finds. */
public final class Diagnosis {

    /** Enough for tenths and shares; a spike still shows, because extremes are kept. */
    private static final int BUCKETS = 1000;

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private static final List<Function<Trace, Optional<Finding>>> ALL = List.of(NumberTrouble::notANumber,
            LikelihoodTrouble::displacement, LikelihoodTrouble::overOptimisation, LikelihoodTrouble::runaway,
            TextTrouble::collapse, TextTrouble::lengthDrift, NumberTrouble::clipping, SignalTrouble::saturation,
            SignalTrouble::noSignal, SignalTrouble::oneTerm);

    private Diagnosis() {
    }

    /** Reads a run and looks it over; the worst first. */
    public static List<Finding> of(RunStore runs, int run) {
        return of(read(runs, run));
    }

    /** Looks over what was read. */
    public static List<Finding> of(Trace trace) {
        List<Finding> found = new ArrayList<>();
        ALL.forEach(look -> look.apply(trace).map(finding -> finding.seenIn(trace)).ifPresent(found::add));
        found.sort(Comparator.comparing(Finding::level).reversed());
        return found;
    }

    private static Trace read(RunStore runs, int run) {
        RunSummary summary = runs.summary(run);
        Map<String, Series> series = new HashMap<>();
        for (String key : summary.metrics().keySet()) {
            series.put(key, runs.series(run, key, 0, Math.max(1, summary.lastStep()), BUCKETS));
        }
        List<StoredSamples> judged = runs.firstAndLastSamples(run, "eval");
        List<StoredSamples> texts = judged.isEmpty() ? runs.firstAndLastSamples(run, "samples") : judged;
        return new Trace(summary, series, settings(runs.specJson(run)), samples(texts, true), samples(texts, false),
                runs.warnings(run));
    }

    /** As stored, so that runs of objectives this program does not know are looked over too. */
    private static Map<String, String> settings(String spec) {
        Map<String, String> settings = new HashMap<>();
        try {
            JsonNode root = JSON.readTree(spec);
            root.path("settings").properties().forEach(one -> settings.put(one.getKey(), one.getValue().asText()));
            root.path("hyper").properties()
                    .forEach(one -> settings.put("objective." + one.getKey(), one.getValue().asText()));
        } catch (JsonProcessingException e) {
            throw new ProjectException(ProjectException.Code.NOT_COMPARABLE, "a run's settings cannot be read", e);
        }
        return settings;
    }

    /** Nothing where there are not two evaluations to set against each other. */
    private static List<Sample> samples(List<StoredSamples> texts, boolean first) {
        if (texts.size() < 2) {
            return List.of();
        }
        return first ? texts.getFirst().samples() : texts.getLast().samples();
    }

    /** Three digits, as evidence shows them. */
    static String figure(double value) {
        String text = Math.abs(value) >= 100
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, Math.abs(value) >= 1 ? "%.2f" : "%.3g", value);
        return text.replace('-', '−');
    }

    static String percent(double share) {
        return Math.round(100 * share) + " %";
    }
}
