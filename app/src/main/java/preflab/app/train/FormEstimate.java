package preflab.app.train;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javafx.beans.Observable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import preflab.app.task.Latest;
import preflab.app.task.Work;
import preflab.datasets.importer.Progress;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.train.Estimator;
import preflab.engine.train.RunSpec;
import preflab.engine.train.RunSpecs;
import preflab.engine.train.StepTime;
import preflab.engine.train.TrainSettings;
import preflab.projects.run.ChildCommand;
import preflab.projects.run.LaunchEstimate;
import preflab.projects.run.SelfLauncher;
import preflab.projects.workspace.Workspace;

/**
 * Keeps what the run of the form would need up to date: memory at once, by counting; time when a check measures it, in a
 * process of its own, since the window holds no models.
 */
final class FormEstimate {

    private static final Logger LOG = LoggerFactory.getLogger(FormEstimate.class);

    private final TrainModel model;
    private final Workspace workspace;
    private final Latest counting;
    private final Set<String> watched = new HashSet<>();
    private Optional<Counted> last = Optional.empty(); // rows that were tokenised, for other settings on the same rows
    private Optional<Timed> timed = Optional.empty();

    /** What was tokenised, by all that decides on it. */
    private record Counted(String rows, Estimator estimator) {
    }

    /** What was measured, by all that decides on it. */
    private record Timed(String step, StepTime time) {
    }

    FormEstimate(TrainModel model, Workspace workspace, Work work) {
        this.model = model;
        this.workspace = workspace;
        this.counting = new Latest(work);
        for (Observable each : List.of(model.objectiveProperty(), model.datasetProperty(), model.evaluationProperty(),
                model.modelRefProperty(), model.referenceProperty())) {
            each.addListener(changed -> count());
        }
        model.basic().fields().forEach(field -> field.textProperty().addListener(changed -> count()));
        model.advanced().fields().forEach(field -> field.textProperty().addListener(changed -> count()));
        model.objectiveProperty().subscribe(this::watch);
    }

    /** The hyper-parameters of an objective: some need a reference, some more sequences. */
    private void watch(ObjectiveType<?> type) {
        if (!watched.add(type.id())) {
            return;
        }
        model.hyper(type).fields().forEach(field -> field.textProperty().addListener(changed -> count()));
    }

    private void count() {
        RunDraft draft = RunDraft.of(model);
        counting.start(() -> counted(draft.spec()), model.estimateProperty()::set, failure -> {
            LOG.debug("no estimate of what the form says", failure); // a check says what is missing
            model.estimateProperty().set(null);
        });
    }

    private LaunchEstimate counted(RunSpec spec) {
        return LaunchEstimate.of(estimator(spec), spec, known(spec));
    }

    private synchronized Estimator estimator(RunSpec spec) {
        String rows = rows(spec);
        if (last.filter(before -> before.rows().equals(rows)).isEmpty()) {
            last = Optional.of(new Counted(rows, LaunchEstimate.estimator(workspace, spec)));
        }
        return last.map(Counted::estimator).orElseThrow();
    }

    private static String rows(RunSpec spec) {
        Map<String, String> settings = new TreeMap<>(spec.settings().asText());
        settings.keySet().removeIf(name -> !name.startsWith("data."));
        return String.join("|", spec.dataset().toString(), spec.evaluation().toString(), spec.model(),
                spec.reference().toString(), spec.objective(), spec.hyper().asText().toString(), settings.toString());
    }

    /** All but how many steps there are. */
    private static String step(RunSpec spec) {
        Map<String, String> settings = new TreeMap<>(spec.settings().asText());
        settings.remove(TrainSettings.STEPS.id());
        settings.remove(TrainSettings.SEED.id());
        return rows(spec) + settings;
    }

    private synchronized Optional<StepTime> known(RunSpec spec) {
        return timed.filter(before -> before.step().equals(step(spec))).map(Timed::time);
    }

    private synchronized void remember(RunSpec spec, StepTime time) {
        timed = Optional.of(new Timed(step(spec), time));
    }

    /** Memory and, where that suffices, time, measured in a process of its own. */
    LaunchEstimate measured(RunDraft draft) throws IOException, InterruptedException {
        RunSpec spec = draft.spec();
        LaunchEstimate counted = counted(spec);
        if (!counted.fits() || counted.time().isPresent()) {
            return counted;
        }
        Path file = Files.createTempFile("preflab-estimate", ".json");
        try {
            Files.writeString(file, RunSpecs.toJson(spec), StandardCharsets.UTF_8);
            JsonNode event = new ChildCommand(SelfLauncher.thisProgram()).run(workspace,
                    List.of("train", "--project", workspace.folder().toString(), "--spec", file.toString(),
                            "--estimate", "--json"),
                    "{\"event\":\"estimated\"", "measuring a step", Progress.NONE);
            time(event).ifPresent(found -> remember(spec, found));
            return counted(spec);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** None where there are too few steps for it. */
    private static Optional<StepTime> time(JsonNode event) {
        return event.path("seconds_per_step").isNumber()
                ? Optional.of(new StepTime(event.path("seconds_per_step").asDouble(),
                        event.path("seconds_more_at_first").asDouble(), event.path("steps_at_first").asDouble()))
                : Optional.empty();
    }
}
