package preflab.app.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.store.DatasetInfo;
import preflab.engine.objective.Needs;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.param.ParamException;
import preflab.engine.param.ParamValues;
import preflab.engine.train.RunSpec;
import preflab.engine.train.Settings;
import preflab.engine.train.TrainSettings;

/**
 * What the form says at one moment, copied so that it can be checked off the thread of the window.
 *
 * @param evaluation
 *            held-out rows, if any
 * @param reference
 *            empty for the initial model
 * @param settings
 *            all settings as text, by dotted names
 */
record RunDraft(ObjectiveType<?> objective, Optional<DatasetInfo> dataset, Optional<DatasetInfo> evaluation,
        String model, String reference, String name, Map<String, String> settings) {

    static RunDraft of(TrainModel model) {
        Map<String, String> settings = new LinkedHashMap<>();
        ObjectiveType<?> objective = model.objectiveProperty().get();
        model.hyper(objective).texts()
                .forEach((id, text) -> settings.put(Settings.OBJECTIVE_PREFIX + id, text));
        settings.putAll(model.basic().texts());
        settings.putAll(model.advanced().texts());
        return new RunDraft(objective, Optional.ofNullable(model.datasetProperty().get()),
                Optional.ofNullable(model.evaluationProperty().get()), model.modelRefProperty().get().strip(),
                model.referenceProperty().get().strip(), model.nameProperty().get().strip(), settings);
    }

    /**
     * Everything that can be found out before a start.
     *
     * @param resolver
     *            finds a model or throws, saying why it cannot
     */
    List<CheckLine> check(Consumer<String> resolver) {
        List<CheckLine> lines = new ArrayList<>();
        Optional<Settings.Resolved> resolved = settings(lines);
        data(lines, resolved.map(Settings.Resolved::hyper));
        models(lines, resolver, resolved.map(Settings.Resolved::hyper));
        resolved.ifPresent(values -> objective(lines, values));
        lines.sort(Comparator.comparing(CheckLine::verdict).reversed()); // what stands in the way first
        return lines;
    }

    private Optional<Settings.Resolved> settings(List<CheckLine> lines) {
        try {
            return Optional.of(Settings.of(objective).apply(settings));
        } catch (ParamException e) {
            lines.add(CheckLine.bad(e.getMessage()));
            return Optional.empty();
        }
    }

    private void data(List<CheckLine> lines, Optional<ParamValues> hyper) {
        if (dataset.isEmpty()) {
            lines.add(CheckLine.bad("Choose the data to train on: " + objective.name() + " needs "
                    + Fit.words(objective.defaultNeeds().kinds()) + "."));
            return;
        }
        DatasetInfo info = dataset.get();
        lines.add(Fit.problem(objective, hyper, info.kind())
                .map(problem -> CheckLine.bad(problem + "; " + info.id().display() + " is " + info.kind().id() + "."))
                .orElseGet(() -> CheckLine.good(info.id().display() + " has " + info.kind().id()
                        + " rows, which fit.")));
    }

    private void models(List<CheckLine> lines, Consumer<String> resolver, Optional<ParamValues> hyper) {
        model(lines, resolver, model, "the model");
        Needs needs = hyper.map(objective.needs()).orElseGet(objective::defaultNeeds);
        if (needs.frozenModel() && !reference.isEmpty()) {
            model(lines, resolver, reference, needs.prior() ? "the prior" : "the reference");
        }
    }

    private static void model(List<CheckLine> lines, Consumer<String> resolver, String ref, String role) {
        if (ref.isEmpty()) {
            lines.add(CheckLine.bad("Choose " + role + ": a built-in one, run:ID or a Hugging Face folder."));
            return;
        }
        try {
            resolver.accept(ref);
            lines.add(CheckLine.good("Found " + role + ": " + ref + "."));
        } catch (RuntimeException e) {
            lines.add(CheckLine.bad(String.valueOf(e.getMessage())));
        }
    }

    private void objective(List<CheckLine> lines, Settings.Resolved values) {
        try {
            var _ = objective.factory().apply(values.hyper());
            objective.obstacle(values.hyper()).ifPresent(obstacle -> lines.add(CheckLine.bad(obstacle)));
            objective.advice().apply(values.hyper()).forEach(advice -> lines.add(CheckLine.warning(advice)));
        } catch (ParamException e) {
            lines.add(CheckLine.bad(e.getMessage()));
        }
        dataset.ifPresent(info -> lines.add(epochs(info, values.settings())));
    }

    private static CheckLine epochs(DatasetInfo info, ParamValues settings) {
        long seen = (long) settings.get(TrainSettings.STEPS) * settings.get(TrainSettings.BATCH_SIZE)
                * settings.get(TrainSettings.ACCUMULATION);
        double epochs = (double) seen / info.rows();
        String words = String.format(Locale.ROOT, "%,d steps see %,d examples: %.2f passes over the data.",
                settings.get(TrainSettings.STEPS), seen, epochs);
        return epochs > 20 ? CheckLine.warning(words + " Expect it to learn them by heart.") : CheckLine.good(words);
    }

    /**
     * The complete spec.
     *
     * @throws ParamException
     *             if a setting is not allowed
     */
    RunSpec spec() {
        Settings.Resolved values = Settings.of(objective).apply(settings);
        DatasetVersionId rows = dataset.orElseThrow(() -> new ParamException("no data was chosen")).id();
        boolean needsFrozen = objective.needs().apply(values.hyper()).frozenModel();
        Optional<String> frozen = needsFrozen && !reference.isEmpty() ? Optional.of(reference) : Optional.empty();
        return new RunSpec(RunSpec.CURRENT_VERSION, name.isEmpty() ? objective.id() + " " + rows.dataset() : name, rows,
                evaluation.map(DatasetInfo::id), model, frozen, objective.id(), values.hyper(), values.settings());
    }
}
