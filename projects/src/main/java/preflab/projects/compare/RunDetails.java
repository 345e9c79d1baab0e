package preflab.projects.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetVersionId;
import preflab.engine.metric.Metrics;
import preflab.engine.metric.ReferenceSavings;
import preflab.projects.store.ImportedRun;
import preflab.projects.store.ProjectException;
import preflab.projects.store.RunMark;
import preflab.projects.store.RunStore;
import preflab.projects.store.RunSummary;
import preflab.projects.store.StoredCheckpoint;
import preflab.projects.workspace.Workspace;

/**
 * Where a run comes from, what made it and what came of it.
 *
 * @param lineage
 *            data → models → this run → checkpoints → exports, later questions and runs that started from them
 * @param provenance
 *            hashes, versions and the machine
 * @param specJson
 *            all settings; another project can train with it
 */
public record RunDetails(RunSummary run, RunMark mark, List<Fact> lineage, List<Fact> provenance, String specJson) {

    /** A line of it. */
    public record Fact(String name, String value) {
    }

    public RunDetails {
        lineage = List.copyOf(lineage);
        provenance = List.copyOf(provenance);
    }

    /** Reads everything about one run. */
    public static RunDetails of(Workspace workspace, int run) {
        RunStore runs = workspace.runs();
        RunSummary summary = runs.summary(run);
        String spec = runs.specJson(run);
        return new RunDetails(summary, runs.marks().getOrDefault(run, RunMark.NONE), lineage(workspace, summary, spec),
                provenance(summary, spec, runs.environment(run)), spec);
    }

    private static List<Fact> lineage(Workspace workspace, RunSummary run, String spec) {
        List<Fact> facts = new ArrayList<>();
        run.origin().ifPresent(origin -> facts.add(new Fact("Imported from", origin)));
        facts.add(new Fact("Data", run.data() + origin(workspace, run.dataset())));
        facts.add(new Fact("Held-out data", Differences.evaluation(spec)));
        facts.add(new Fact("Started from", run.model()));
        Differences.reference(spec).ifPresent(reference -> facts.add(new Fact("Reference", reference)));
        List<StoredCheckpoint> checkpoints = workspace.runs().checkpoints(run.id());
        facts.add(new Fact("Checkpoints", checkpoints.isEmpty()
                ? "none"
                : "steps " + String.join(", ", checkpoints.stream().map(one -> String.valueOf(one.step())).toList())));
        workspace.runs().afterTraining().exports(run.id()).forEach(one -> facts.add(new Fact("Exported",
                one.what() + " after step " + one.step() + " to " + one.folder())));
        workspace.runs().afterTraining().figures(run.id()).forEach(late -> facts.add(new Fact("Asked later",
                late.dataset().display() + " after step " + late.step() + ", " + late.decoding() + ": "
                        + CellText.of(100 * late.metrics().getOrDefault(Metrics.EVAL_ACCURACY, Double.NaN)) + " %")));
        List<String> children = children(workspace.runs(), run.id());
        facts.add(new Fact("Started from it", children.isEmpty() ? "no run" : String.join(", ", children)));
        return facts;
    }

    private static String origin(Workspace workspace, DatasetVersionId data) {
        try {
            String provenance = workspace.datasets().info(data).provenance();
            return provenance.isBlank() ? "" : " ← " + provenance;
        } catch (DatasetException | ProjectException e) {
            return data.equals(ImportedRun.UNKNOWN_DATA) ? "" : " (not in this project)";
        }
    }

    /** Runs whose model or reference is a checkpoint of this one. */
    private static List<String> children(RunStore runs, int run) {
        Pattern mention = Pattern.compile("\"run:" + run + "(@\\d+)?\"");
        return runs.list().reversed().stream().filter(other -> mention.matcher(runs.specJson(other.id())).find())
                .map(other -> "run " + other.id() + " " + other.name()).toList();
    }

    private static List<Fact> provenance(RunSummary run, String spec, Map<String, String> environment) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Created", run.created().toString()));
        run.started().ifPresent(at -> facts.add(new Fact("Started", at.toString())));
        run.ended().ifPresent(at -> facts.add(new Fact("Ended", at.toString())));
        facts.add(new Fact("Hash of the data", run.dataset().sha256()));
        Optional<String> heldOut = Differences.evaluationHash(spec);
        heldOut.ifPresent(hash -> facts.add(new Fact("Hash of the held-out data", hash)));
        facts.addAll(cost(run.metrics()));
        environment.forEach((name, value) -> facts.add(new Fact(name, value)));
        return facts;
    }

    /** What a run took, beside what was expected of it before. */
    private static List<Fact> cost(Map<String, Double> metrics) {
        List<Fact> facts = new ArrayList<>();
        cost("Memory at its peak", "%,.0f MiB", Metrics.PEAK_MEMORY, Metrics.ESTIMATED_MEMORY, metrics, facts);
        cost("Time of its steps", "%,.1f s", Metrics.STEP_SECONDS, Metrics.ESTIMATED_SECONDS, metrics, facts);
        ReferenceSavings.of(metrics).ifPresent(savings -> facts.add(new Fact("Reference", savings.words())));
        return facts;
    }

    private static void cost(String name, String format, String measured, String estimated,
            Map<String, Double> metrics, List<Fact> facts) {
        Double found = metrics.get(measured);
        if (found != null) {
            String shown = String.format(Locale.ROOT, format, found);
            Double expected = metrics.get(estimated);
            facts.add(new Fact(name, expected == null
                    ? shown
                    : shown + String.format(Locale.ROOT, ", expected were %s (%+.0f %%)",
                            String.format(Locale.ROOT, format, expected), 100 * (expected / found - 1))));
        }
    }
}
