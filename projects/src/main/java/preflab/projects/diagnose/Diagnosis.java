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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import preflab.datasets.importer.Progress;
import preflab.datasets.example.DatasetException;
import preflab.engine.train.Sample;
import preflab.projects.store.ProjectException;
import preflab.projects.store.RunStore;
import preflab.projects.store.RunSummary;
import preflab.projects.store.Series;
import preflab.projects.score.RowScoring;
import preflab.projects.score.RowScoringProcess;
import preflab.projects.score.ScoreSource;
import preflab.projects.store.StoredSamples;
import preflab.projects.workspace.Workspace;

/** Looks a run over and says in words what it finds. */
public final class Diagnosis {

    /** Enough for tenths and shares; a spike still shows, because extremes are kept. */
    private static final int BUCKETS = 1000;

    private static final Logger LOG = LoggerFactory.getLogger(Diagnosis.class);
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private static final List<Function<Trace, Optional<Finding>>> ALL = List.of(NumberTrouble::notANumber,
            LikelihoodTrouble::displacement, LikelihoodTrouble::overOptimisation, LikelihoodTrouble::runaway,
            TextTrouble::collapse, TextTrouble::lengthDrift, NumberTrouble::clipping, SignalTrouble::saturation,
            SignalTrouble::noSignal, SignalTrouble::oneTerm);

    private Diagnosis() {
    }

    /** Reads a run and looks it over, its rows too where {@link #readRows} did; the worst first. */
    public static RunDiagnosis of(Workspace workspace, int run) {
        Trace trace = read(workspace.runs(), run);
        List<Finding> found = new ArrayList<>(of(trace));
        Optional<RowShifts> read = rows(workspace, run);
        read.ifPresent(rows -> {
            found.replaceAll(finding -> finding.id().equals(LikelihoodTrouble.DISPLACEMENT)
                    ? RowTrouble.displaced(finding, rows,
                            Remedies.at(workspace.runs().spec(run), rows.displacedTokens()))
                    : finding);
            RowTrouble.labelNoise(rows.shifts()).ifPresent(found::add);
        });
        return new RunDiagnosis(run, found, Sight.missing(trace), read.isPresent()
                ? RunDiagnosis.Rows.READ
                : workspace.runs().checkpoints(run).isEmpty() ? RunDiagnosis.Rows.NONE : RunDiagnosis.Rows.UNREAD);
    }

    /**
     * Reads the first rows that a run was trained on with its last checkpoint and with the model it was held against;
     * what is found there stays in the project's cache. Loads the engine.
     *
     * @throws ProjectException
     *             if a model or the rows are gone
     */
    public static void readRows(Workspace workspace, int run, Progress progress) {
        for (ScoreSource source : RowShifts.sources(workspace, run)) {
            RowScoring.make(workspace, source, workspace.runs().spec(run).dataset(), RowShifts.ROWS, progress);
        }
    }

    /**
     * The same in processes of their own.
     *
     * @throws InterruptedException
     *             the process is ended then; rows that it has read stay read
     */
    public static void readRows(Workspace workspace, int run, RowScoringProcess process, Progress progress)
            throws InterruptedException {
        for (ScoreSource source : RowShifts.sources(workspace, run)) {
            process.make(workspace, source, workspace.runs().spec(run).dataset(), RowShifts.ROWS, progress);
        }
    }

    /** None where they were not read, or are gone. */
    private static Optional<RowShifts> rows(Workspace workspace, int run) {
        try {
            return RowShifts.kept(workspace, run);
        } catch (ProjectException | DatasetException e) {
            LOG.info("the rows of run {} are not looked at: {}", run, e.getMessage());
            return Optional.empty();
        }
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
