package preflab.app.data;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import java.util.stream.Collectors;
import preflab.app.dialog.ErrorModel;
import preflab.app.dialog.ErrorReport;
import preflab.app.task.Activities;
import preflab.app.task.Activity;
import preflab.app.task.Latest;
import preflab.app.task.Ticker;
import preflab.app.task.Work;
import preflab.app.widget.Words;
import preflab.datasets.check.Finding;
import preflab.datasets.convert.Conversion;
import preflab.datasets.convert.Conversions;
import preflab.datasets.convert.WithoutRows;
import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.store.DatasetInfo;
import preflab.datasets.store.DatasetStore;
import preflab.datasets.store.RowFilter;
import preflab.datasets.store.SplitPlan;

/** Makes versions from the selected one: says what would come of a conversion or a split, then makes it. */
public final class ConvertController {

    private final ConvertModel model = new ConvertModel();
    private final DataController data;
    private final DatasetStore store;
    private final Work work;
    private final Activities activities;
    private final Ticker ticker;
    private final ErrorModel errors;
    private final Latest counting;
    private final Latest splitting;
    private CheckWatch count = new CheckWatch();
    private CheckWatch make = new CheckWatch();

    public ConvertController(DataController data, DatasetStore store, Work work, Activities activities, Ticker ticker,
            ErrorModel errors) {
        this.data = data;
        this.store = store;
        this.work = work;
        this.activities = activities;
        this.ticker = ticker;
        this.errors = errors;
        this.counting = new Latest(work);
        this.splitting = new Latest(work);
        data.model().selectedProperty().subscribe((before, selected) -> selected(selected));
    }

    ConvertModel model() {
        return model;
    }

    DataModel data() {
        return data.model();
    }

    private void selected(DatasetInfo info) {
        choose(null);
        model.splitProperty().set(null);
        model.splitProblemProperty().set("");
        model.recipes().setAll(info == null ? List.of() : Recipe.of(info.kind()));
    }

    /** Takes a conversion with its usual settings; null takes none. */
    void choose(Recipe recipe) {
        model.values().clear();
        model.recipeProperty().set(recipe);
        if (recipe != null) {
            model.values().putAll(recipe.usual());
            conversion().ifPresent(chosen -> {
                DatasetInfo info = data().selectedProperty().get();
                model.nameProperty().set(Conversions.suggestName(info.id(), info.kind(), chosen));
            });
        }
        count();
    }

    /** Answers a question of the conversion. */
    void set(String id, String value) {
        model.values().put(id, value);
        count();
    }

    private Optional<Conversion> conversion() {
        try {
            return Optional.of(model.recipeProperty().get().build().apply(Map.copyOf(model.values())));
        } catch (IllegalArgumentException e) {
            model.problemProperty().set(e.getMessage());
            return Optional.empty();
        }
    }

    /** Says what would come of it; the last question asked is the one answered. */
    private void count() {
        count.cancel();
        counting.cancel();
        model.problemProperty().set("");
        model.resultProperty().set("");
        DatasetInfo info = data().selectedProperty().get();
        if (model.recipeProperty().get() == null || info == null) {
            return;
        }
        conversion().ifPresent(conversion -> {
            CheckWatch watch = new CheckWatch();
            count = watch;
            model.resultProperty().set("counting…");
            counting.start(() -> counted(info, conversion, watch), rows -> model.resultProperty().set(
                    Words.count(info.rows(), "row") + " would become " + Words.count(rows, "row") + " of kind "
                            + conversion.result(info.kind()).id()),
                    this::cannotCount);
        });
    }

    private long counted(DatasetInfo info, Conversion conversion, CheckWatch watch) {
        try (var rows = conversion.rows(store.view(info.id()), watch)) {
            return rows.peek(row -> {
                if (watch.cancelled()) {
                    throw new CancellationException("another count was asked for");
                }
            }).mapToLong(row -> 1).sum();
        }
    }

    private void cannotCount(Throwable failure) {
        if (failure instanceof DatasetException || failure instanceof IllegalArgumentException) {
            model.resultProperty().set("");
            model.problemProperty().set(failure.getMessage());
        } else if (!(failure instanceof CancellationException)) {
            errors.show(ErrorReport.of("Counting what a conversion makes", failure));
        }
    }

    /** Makes the new version. */
    void make() {
        DatasetInfo info = data().selectedProperty().get();
        String name = model.nameProperty().get().strip();
        conversion().ifPresent(conversion -> start("Converting " + info.id().display(),
                watch -> List.of(Conversions.convert(store, info.id(), conversion, name, watch))));
    }

    /** Makes the next version without the rows that a check found. */
    void leaveOut(Finding finding) {
        DatasetInfo info = data().selectedProperty().get();
        start("Leaving rows out of " + info.id().display(), watch -> List.of(Conversions.convert(store, info.id(),
                new WithoutRows(finding.rows(), finding.id().replace('_', ' ')), info.id().dataset(), watch)));
    }

    /** Makes a dataset of each part of the split. */
    void saveSplit() {
        DatasetInfo info = data().selectedProperty().get();
        plan().ifPresent(plan -> start("Splitting " + info.id().display(),
                watch -> Conversions.split(store, info.id(), plan, info.id().dataset(), watch)));
    }

    private void start(String title, Function<CheckWatch, List<DatasetVersionId>> job) {
        CheckWatch watch = new CheckWatch();
        make = watch;
        model.makingProperty().set(true);
        model.remarkProperty().set("");
        Activity activity = activities.begin(title);
        Ticker.Subscription ticks = ticker.every(1, () -> activity.at(watch.share(), watch.words()));
        work.start(() -> job.apply(watch), made -> {
            end(activity, ticks);
            model.remarkProperty().set("Made "
                    + made.stream().map(DatasetVersionId::display).collect(Collectors.joining(", ")) + ".");
            data.refresh();
        }, failure -> {
            end(activity, ticks);
            if (failure instanceof DatasetException) {
                model.problemProperty().set(failure.getMessage());
            } else if (failure instanceof CancellationException) {
                model.remarkProperty().set("Cancelled. Nothing was stored.");
            } else {
                errors.show(ErrorReport.of(title, failure));
            }
        });
    }

    private void end(Activity activity, Ticker.Subscription ticks) {
        ticks.close();
        activities.end(activity);
        model.makingProperty().set(false);
    }

    /** Ends what is being made; nothing of it stays. */
    void cancel() {
        make.cancel();
    }

    /** Works out the parts. */
    void split() {
        model.splitProperty().set(null);
        DatasetInfo info = data().selectedProperty().get();
        plan().ifPresent(plan -> splitting.start(() -> store.view(info.id()).split(plan), model.splitProperty()::set,
                failure -> errors.show(ErrorReport.of("Splitting " + info.id().display(), failure))));
    }

    /** Shows the rows of one part. */
    void show(SplitPlan.Part part) {
        plan().ifPresent(plan -> data().filters().setAll(List.of(new RowFilter.InPart(plan, part))));
    }

    private Optional<SplitPlan> plan() {
        model.splitProblemProperty().set("");
        try {
            return Optional.of(new SplitPlan(percent(model.validationProperty().get()),
                    percent(model.testProperty().get()), Long.parseLong(model.seedProperty().get().strip())));
        } catch (NumberFormatException e) {
            model.splitProblemProperty().set("Shares are numbers of per cent; the seed is a whole number.");
        } catch (IllegalArgumentException e) {
            model.splitProblemProperty().set(e.getMessage());
        }
        return Optional.empty();
    }

    private static double percent(String typed) {
        return Double.parseDouble(typed.strip()) / 100;
    }
}
