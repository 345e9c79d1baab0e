package preflab.projects.foreign;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunEvent;
import preflab.projects.store.ImportedRun;
import preflab.projects.store.RunState;
import preflab.projects.store.RunStore;
import preflab.projects.store.RunSummary;
import preflab.projects.store.Series;
import preflab.projects.store.StoredSamples;
import preflab.projects.workspace.Workspace;

/** Runs of another project of ours, with their settings, values, answers and the places of their checkpoints. */
final class OtherProject {

    private final Workspace other;

    OtherProject(Workspace other) {
        this.other = other;
    }

    /** The runs that are over and were trained there, oldest first. */
    List<RunSummary> runs() {
        return other.runs().list().reversed().stream()
                .filter(run -> run.state().isOver() && run.origin().isEmpty()).toList();
    }

    ImportedRun run(RunSummary run) {
        Instant ended = run.ended().orElse(run.created());
        String origin = ImportedRun.PROJECT + other.name() + ", run " + run.id() + " (" + other.folder() + ")";
        String identity = other.folder().getFileName() + "\n" + run.id() + "\n" + run.created() + "\n" + run.lastStep()
                + "\n" + other.runs().specJson(run.id());
        return new ImportedRun(run.name(), origin, ForeignImport.sha256(identity.getBytes(StandardCharsets.UTF_8)),
                run.objective(), run.dataset(), run.model(), run.seed(), run.totalSteps(),
                other.runs().specJson(run.id()), run.created(), ended, events(run),
                other.runs().afterTraining().evaluations(run.id()));
    }

    private List<RunEvent> events(RunSummary run) {
        RunStore runs = other.runs();
        List<RunEvent> events = new ArrayList<>();
        events.add(new RunEvent.Started(runs.environment(run.id())));
        measured(runs, run.id()).forEach((step, metrics) -> events.add(new RunEvent.Measured(step, metrics)));
        for (String purpose : List.of("samples", "eval")) {
            for (StoredSamples samples : runs.samples(run.id(), purpose)) {
                events.add(new RunEvent.Sampled(samples.step(), purpose, samples.samples()));
            }
        }
        runs.warnings(run.id())
                .forEach(warning -> events.add(new RunEvent.Warned(warning.step(), warning.code(), warning.message())));
        runs.checkpoints(run.id())
                .forEach(checkpoint -> events.add(new RunEvent.Checkpointed(checkpoint.step(), checkpoint.folder())));
        events.add(new RunEvent.Ended(outcome(run.state()), run.lastStep(), run.message(), run.metrics()));
        return events;
    }

    private static NavigableMap<Integer, Map<String, Double>> measured(RunStore runs, int run) {
        NavigableMap<Integer, Map<String, Double>> bySteps = new TreeMap<>();
        for (String key : runs.metricKeys(run)) {
            Series series = runs.series(run, key);
            for (int i = 0; i < series.size(); i++) {
                bySteps.computeIfAbsent((int) series.step(i), step -> new HashMap<>()).put(key, series.value(i));
            }
        }
        return bySteps;
    }

    private static Outcome outcome(RunState state) {
        return switch (state) {
            case FINISHED -> Outcome.FINISHED;
            case STOPPED -> Outcome.STOPPED;
            case DIVERGED -> Outcome.DIVERGED;
            case FAILED -> Outcome.FAILED;
            case INTERRUPTED, QUEUED, RUNNING, STOPPING, PAUSED -> Outcome.INTERRUPTED;
        };
    }
}
