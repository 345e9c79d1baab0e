package preflab.app.train;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import preflab.app.dialog.ErrorModel;
import preflab.app.dialog.ErrorReport;
import preflab.app.task.Activities;
import preflab.app.task.Activity;
import preflab.app.task.Latest;
import preflab.app.task.Ticker;
import preflab.app.task.Work;
import preflab.app.widget.Words;
import preflab.projects.store.RunFollower;
import preflab.projects.store.RunState;
import preflab.projects.store.RunStore;
import preflab.projects.store.RunSummary;
import preflab.projects.store.RunUpdate;

/**
 * Watches runs by reading the store: the chosen one closely, all of them from afar. It makes no difference who started a
 * run, this window, an earlier one or a terminal.
 */
public final class LiveController implements AutoCloseable {

    /** Ticks between two reads of the chosen run: about four a second. */
    private static final int CLOSE_TICKS = 2;
    /** Ticks between two reads of the list of runs. */
    private static final int FAR_TICKS = 15;

    private final LiveModel model;
    private final RunStore runs;
    private final IntConsumer resumer;
    private final Activities activities;
    private final ErrorModel errors;
    private final Work work;
    private final LongSupplier clock;
    private final Latest reading;
    private final Latest listing;
    private final List<Ticker.Subscription> ticks;
    private final Map<Integer, Activity> shown = new HashMap<>();
    private Optional<RunFollower> follower = Optional.empty();
    private final ProofController proof;
    private Pace pace = new Pace();
    private boolean seen;

    /**
     * @param resumer
     *            starts a process in which a run goes on
     * @param prover
     *            proves that a run can be killed and resumed
     * @param clock
     *            nanoseconds that never go back
     */
    public LiveController(LiveModel model, RunStore runs, IntConsumer resumer,
            ProofController.Prover prover, Work work, Ticker ticker, Activities activities, ErrorModel errors,
            LongSupplier clock) {
        this.resumer = resumer;
        this.model = model;
        this.runs = runs;
        this.work = work;
        this.activities = activities;
        this.errors = errors;
        this.clock = clock;
        this.proof = new ProofController(prover, work, activities, errors);
        this.reading = new Latest(work);
        this.listing = new Latest(work);
        this.ticks = List.of(ticker.every(CLOSE_TICKS, this::look), ticker.every(FAR_TICKS, this::refresh));
    }

    public LiveModel model() {
        return model;
    }

    /** Proofs on the watched run's configuration. */
    ProofController proof() {
        return proof;
    }

    /** Starts a proof on the watched run's configuration, or breaks off the one under way. */
    public void prove() {
        RunSummary run = model.summaryProperty().get();
        if (run != null) {
            proof.startOrStop(run.id());
        }
    }

    /** Watches this run from its beginning. */
    public void follow(int run) {
        reading.cancel();
        model.clear();
        pace = new Pace();
        follower = Optional.of(new RunFollower(runs, run));
        look();
    }

    private void look() {
        follower.ifPresent(following -> reading.startIfIdle(following::poll, this::update, this::lost));
    }

    private void update(RunUpdate update) {
        RunSummary summary = update.summary();
        if (update.restarted()) {
            model.forgetPoints();
            pace = new Pace();
        }
        model.add(update.newPoints());
        model.addSamples(update.newSamples());
        model.warnings().addAll(update.newWarnings());
        pace.at(clock.getAsLong(), summary.lastStep());
        model.timeLeftProperty().set(timeLeft(summary));
        model.speedProperty().set(speed(summary));
        model.summaryProperty().set(summary);
        if (summary.state().isOver()) {
            follower = Optional.empty();
            refresh();
        }
    }

    private String timeLeft(RunSummary summary) {
        if (summary.state().isOver() || summary.state() == RunState.PAUSED) {
            return "";
        }
        return pace.timeFor(summary.totalSteps() - summary.lastStep())
                .map(time -> "about " + Words.duration(time) + " left").orElse("");
    }

    private static String speed(RunSummary summary) {
        Double tokens = summary.metrics().get("tokens_per_second");
        return tokens == null ? "" : Words.count(Math.round(tokens)) + " tok/s";
    }

    private void lost(Throwable failure) {
        follower = Optional.empty();
        errors.show(ErrorReport.of("Reading the run", failure));
    }

    /** Reads the list of runs. */
    public void refresh() {
        listing.startIfIdle(() -> RunList.of(runs), this::take,
                failure -> errors.show(ErrorReport.of("Reading the list of runs", failure)));
    }

    /** Takes over the list of runs, and watches one that is under way if none is watched. */
    public void take(RunList listed) {
        List<RunSummary> list = listed.runs();
        if (!list.equals(model.runs())) {
            model.runs().setAll(list);
        }
        showActivities(list.stream().filter(run -> !listed.waiting().contains(run.id())).toList());
        if (follower.isEmpty() && model.summaryProperty().get() == null) {
            Optional<RunSummary> underWay = list.stream()
                    .filter(run -> !run.state().isOver() && !listed.waiting().contains(run.id())).findFirst();
            underWay.or(() -> list.stream().findFirst().filter(newest -> seen)).ifPresent(run -> follow(run.id()));
        }
    }

    /** Somebody looks: where no run is under way, the newest one is read too. */
    public void see() {
        seen = true;
        refresh();
    }

    private void showActivities(List<RunSummary> list) {
        Set<Integer> there = list.stream().map(RunSummary::id).collect(Collectors.toSet());
        List.copyOf(shown.keySet()).stream().filter(run -> !there.contains(run))
                .forEach(run -> activities.end(shown.remove(run)));
        for (RunSummary run : list) {
            if (run.state().isOver()) {
                Optional.ofNullable(shown.remove(run.id())).ifPresent(activities::end);
            } else {
                shown.computeIfAbsent(run.id(), id -> activities.begin("Run " + id + " · " + run.name()))
                        .at(run.lastStep() == 0 ? -1 : (double) run.lastStep() / run.totalSteps(), words(run));
            }
        }
    }

    private String words(RunSummary run) {
        String step = run.state() == RunState.QUEUED
                ? "queued"
                : (run.state() == RunState.PAUSED ? "paused at step " : "step ") + Words.count(run.lastStep()) + " of "
                        + Words.count(run.totalSteps());
        RunSummary watched = model.summaryProperty().get();
        String left = watched != null && watched.id() == run.id() ? model.timeLeftProperty().get() : "";
        return left.isEmpty() ? step : step + " · " + left;
    }

    /** Asks the watched run to stop at its next step, with a checkpoint. */
    public void stop() {
        RunSummary run = model.summaryProperty().get();
        if (run != null && !run.state().isOver()) {
            model.stopAskedProperty().set(true);
            ask("Stopping run " + run.id(), () -> runs.requestStop(run.id()),
                    () -> model.stopAskedProperty().set(false));
        }
    }

    /** Asks the watched run to wait at its next step, in memory; Resume lets it go on. */
    public void pause() {
        RunSummary run = model.summaryProperty().get();
        if (run != null && run.state() == RunState.RUNNING) {
            ask("Pausing run " + run.id(), () -> runs.requestPause(run.id()), () -> {
            });
        }
    }

    /** Lets the watched run go on: where it waits, or in a new process from its last checkpoint. */
    public void resume() {
        RunSummary run = model.summaryProperty().get();
        if (run == null || model.resumeAskedProperty().get()) {
            return;
        }
        if (run.state() == RunState.PAUSED) {
            ask("Resuming run " + run.id(), () -> runs.endPause(run.id()), () -> {
            });
        } else if (run.state().isResumable()) {
            model.resumeAskedProperty().set(true);
            work.start(() -> {
                resumer.accept(run.id());
                return run.id();
            }, id -> {
                model.resumeAskedProperty().set(false);
                follow(id);
                refresh();
            }, failure -> {
                model.resumeAskedProperty().set(false);
                errors.show(ErrorReport.of("Resuming run " + run.id(), failure));
            });
        }
    }

    private void ask(String what, Runnable request, Runnable refused) {
        work.start(() -> {
            request.run();
            return what;
        }, done -> look(), failure -> {
            refused.run();
            errors.show(ErrorReport.of(what, failure));
        });
    }

    /** Stops watching; the runs go on. */
    @Override
    public void close() {
        ticks.forEach(Ticker.Subscription::close);
        reading.cancel();
        listing.cancel();
        shown.values().forEach(activities::end);
        shown.clear();
    }
}
